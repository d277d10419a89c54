using Microsoft.Extensions.Logging;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>What a provider's tokens may do, as the process remembers it for every request.</summary>
public sealed record ProviderBoundary(
    Guid Id,
    string UniqueIdentifier,
    string DisplayName,
    bool ScimEnabled,
    bool IsPaused,
    bool IsPreview,
    bool AllOrganizations,
    IReadOnlySet<int> Organizations,
    int? DefaultOrganizationId,
    bool MayCreateTechnicians,
    bool AllowsEqualGroupNames,
    IReadOnlySet<string> Domains
);

/// <summary>Every provider's boundary, in memory, and which provider claims which domain.</summary>
public sealed class ProviderRegister(IReadSessions database, ILogger<ProviderRegister> logger)
    : Remembered(Storage.Concern.Providers, logger)
{
    private Snapshot _snapshot = new([], [], []);

    public ProviderBoundary? Find(Guid id) => _snapshot.ById.GetValueOrDefault(id);

    public ProviderBoundary? Find(string uniqueIdentifier) => _snapshot.ByIdentifier.GetValueOrDefault(uniqueIdentifier);

    /// <summary>The provider that claims an email domain (lower case, ASCII form), or null.</summary>
    public ProviderBoundary? OwnerOf(string domain) => _snapshot.ByDomain.GetValueOrDefault(domain);

    protected override async Task ReadAsync(CancellationToken cancellationToken) => _snapshot = await LoadAsync(cancellationToken);

    private async Task<Snapshot> LoadAsync(CancellationToken cancellationToken)
    {
        // By statements: the first answer after a start need not wait for the model of EF.
        await using var reader = await database.OpenReaderAsync(cancellationToken);
        reader.BeginSnapshot();
        var organizations = await PairsAsync(
            reader,
            """SELECT "ProviderId", "OrganizationId" FROM provider_organizations""",
            rows => rows.GetInt32(1)
        );
        var domains = await PairsAsync(reader, """SELECT "ProviderId", "Domain" FROM provider_domains""", rows => rows.GetString(1));
        var boundaries = new List<ProviderBoundary>();
        await using (
            var statement = reader.Statement(
                """
                SELECT "Id", "UniqueIdentifier", "DisplayName", "ScimEnabled", "AllOrganizations", "DefaultOrganizationId",
                    "MayCreateTechnicians", "AllowsEqualGroupNames", "PausedAt" IS NOT NULL, "PreviewSince" IS NOT NULL
                FROM providers
                """
            )
        )
        {
            await using var rows = await statement.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                var id = rows.GetId(0);
                boundaries.Add(
                    new ProviderBoundary(
                        id,
                        rows.GetString(1),
                        rows.GetString(2),
                        rows.GetBoolean(3),
                        rows.GetBoolean(8),
                        rows.GetBoolean(9),
                        rows.GetBoolean(4),
                        organizations[id].ToHashSet(),
                        rows.IsDBNull(5) ? null : rows.GetInt32(5),
                        rows.GetBoolean(6),
                        rows.GetBoolean(7),
                        domains[id].ToHashSet(StringComparer.Ordinal)
                    )
                );
            }
        }

        return new Snapshot(
            boundaries.ToDictionary(boundary => boundary.Id),
            boundaries.ToDictionary(boundary => boundary.UniqueIdentifier, StringComparer.Ordinal),
            boundaries
                .SelectMany(boundary => boundary.Domains.Select(domain => (domain, boundary)))
                .ToDictionary(pair => pair.domain, pair => pair.boundary, StringComparer.Ordinal)
        );
    }

    private static async Task<ILookup<Guid, T>> PairsAsync<T>(ReadSession reader, string sql, Func<SqlRows, T> read)
    {
        var pairs = new List<(Guid Provider, T Value)>();
        await using var statement = reader.Statement(sql);
        await using var rows = await statement.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            pairs.Add((rows.GetId(0), read(rows)));
        }

        return pairs.ToLookup(pair => pair.Provider, pair => pair.Value);
    }

    private sealed record Snapshot(
        Dictionary<Guid, ProviderBoundary> ById,
        Dictionary<string, ProviderBoundary> ByIdentifier,
        Dictionary<string, ProviderBoundary> ByDomain
    );
}
