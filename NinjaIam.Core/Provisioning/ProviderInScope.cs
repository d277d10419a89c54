using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning;

/// <summary>The boundary of a provider as it is inside the write that it decides about.</summary>
internal sealed record ProviderInScope(
    Guid Id,
    bool AllOrganizations,
    int? DefaultOrganizationId,
    bool MayCreateTechnicians,
    bool AllowsEqualGroupNames,
    bool IsPaused,
    bool IsPreview,
    bool HoldsMassDepartures
)
{
    /// <summary>Null when SCIM was disabled, or the token revoked, after the request was let in.</summary>
    public static async Task<ProviderInScope?> LoadAsync(WriteScope scope, ProvisioningCall caller)
    {
        await using var statement = scope.Statement(
            """
            SELECT p."AllOrganizations", p."DefaultOrganizationId", p."MayCreateTechnicians", p."AllowsEqualGroupNames", p."PausedAt" IS NOT NULL,
                p."PreviewSince" IS NOT NULL, p."HoldsMassDepartures"
            FROM providers p
            WHERE p."Id" = $provider AND p."ScimEnabled" = 1 AND EXISTS (
                SELECT 1 FROM scim_tokens t
                WHERE t."PublicId" = $token AND t."ProviderId" = p."Id" AND t."RevokedAt" IS NULL AND t."ExpiresAt" > $now)
            """,
            ("$provider", caller.ProviderId),
            ("$token", caller.Origin.Actor.Token),
            ("$now", scope.Now)
        );
        await using var rows = await statement.ExecuteReaderAsync();
        return await rows.ReadAsync() ? Of(caller.ProviderId, rows) : null;
    }

    /// <summary>The provider as its own boundary has it, for what the portal does in its place; there must be one.</summary>
    public static async Task<ProviderInScope> LoadAsync(WriteScope scope, Guid id) =>
        await FindAsync(scope, id) ?? throw new InvalidOperationException("The identity provider is gone.");

    /// <summary>The same, or null when there is no such provider.</summary>
    public static async Task<ProviderInScope?> FindAsync(WriteScope scope, Guid id)
    {
        await using var statement = scope.Statement(
            """
            SELECT "AllOrganizations", "DefaultOrganizationId", "MayCreateTechnicians", "AllowsEqualGroupNames", "PausedAt" IS NOT NULL,
                "PreviewSince" IS NOT NULL, "HoldsMassDepartures"
            FROM providers WHERE "Id" = $provider
            """,
            ("$provider", id)
        );
        await using var rows = await statement.ExecuteReaderAsync();
        return await rows.ReadAsync() ? Of(id, rows) : null;
    }

    private static ProviderInScope Of(Guid id, SqlRows rows) =>
        new(
            id,
            rows.GetBoolean(0),
            rows.IsDBNull(1) ? null : rows.GetInt32(1),
            rows.GetBoolean(2),
            rows.GetBoolean(3),
            rows.GetBoolean(4),
            rows.GetBoolean(5),
            rows.GetBoolean(6)
        );

    /// <summary>Whether another provider claims an email domain.</summary>
    public async Task<bool> IsForeignDomainAsync(WriteScope scope, string? domain)
    {
        if (domain is null)
        {
            return false;
        }

        await using var statement = scope.Statement(
            """SELECT 1 FROM provider_domains WHERE "Domain" = $domain AND "ProviderId" <> $provider""",
            ("$domain", domain),
            ("$provider", Id)
        );
        return await statement.ExecuteScalarAsync() is not null;
    }

    /// <summary>Those of the organizations in which this provider may place people now.</summary>
    public async Task<HashSet<int>> UsableAsync(WriteScope scope, IEnumerable<int> ids)
    {
        var usable = new HashSet<int>();
        foreach (var id in ids)
        {
            await using var statement = scope.Statement(
                """
                SELECT 1 FROM organizations o WHERE o."Id" = $id AND o."ArchivedAt" IS NULL AND ($all OR EXISTS (
                    SELECT 1 FROM provider_organizations p WHERE p."ProviderId" = $provider AND p."OrganizationId" = o."Id"))
                """,
                ("$id", id),
                ("$all", AllOrganizations),
                ("$provider", Id)
            );
            if (await statement.ExecuteScalarAsync() is not null)
            {
                usable.Add(id);
            }
        }

        return usable;
    }
}
