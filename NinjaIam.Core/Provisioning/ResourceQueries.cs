using Microsoft.Data.Sqlite;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>A query of a provisioning client.</summary>
/// <param name="StartIndex">Counts from 1.</param>
/// <param name="WithGroups">Read the groups of users.</param>
/// <param name="WithMembers">The answer will hold the members of groups.</param>
public sealed record ResourceQuery(FilterExpression? Filter, long StartIndex, int Count, bool WithGroups, bool WithMembers);

/// <param name="Total">How many match, on this page or not.</param>
public sealed record ResourcePage(IReadOnlyList<ProvisionedResource> Resources, long Total, long StartIndex);

/// <summary>Reads users and groups for provisioning clients, each within the boundary of one provider.</summary>
public sealed class ResourceQueries(SqliteDatabase database)
{
    /// <summary>A list that would carry more than these members is refused.</summary>
    public const int MostMembers = 200_000;

    /// <summary>One live resource, or null. Another provider's is none.</summary>
    public async Task<ProvisionedResource?> FindAsync(
        ResourceType type,
        Guid providerId,
        Guid id,
        bool withGroups,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenReaderAsync(cancellationToken);
        if (await ResourceReads.ByIdAsync(connection.Statement, providerId, type.Name, id) is not { } row)
        {
            return null;
        }

        return (await WithGroupsAsync(connection, type, [row], withGroups))[0];
    }

    public async Task<ScimOutcome<ResourcePage>> ListAsync(
        ResourceType type,
        Guid providerId,
        ResourceQuery query,
        CancellationToken cancellationToken
    )
    {
        ResourceCondition? condition = null;
        if (query.Filter is { } filter && !FilterTranslator.Translate(filter, type).TryGet(out condition, out var refusal))
        {
            return refusal;
        }

        await using var connection = await database.OpenReaderAsync(cancellationToken);
        // One transaction: the total and the page are of the same instant.
        await using var transaction = connection.BeginTransaction(deferred: true);
        var source = (StatementSource)((sql, parameters) => connection.Prepare(sql, transaction, parameters));
        var total = await ResourceReads.CountAsync(source, providerId, type.Name, condition);
        var rows =
            query.Count == 0 || query.StartIndex > total
                ? (IReadOnlyList<ResourceRow>)[]
                : await ResourceReads.ListAsync(source, providerId, type.Name, condition, query.StartIndex - 1, query.Count);
        if (
            type.HasMembers
            && query.WithMembers
            && await MemberReads.CountAsync(source, [.. rows.Select(row => row.Seq)], MostMembers + 1) > MostMembers
        )
        {
            return ScimError.TooMany(
                $"The page would hold more than {MostMembers} members. Ask with excludedAttributes=members, or for fewer groups with count."
            );
        }

        return new ResourcePage(await WithGroupsAsync(source, type, rows, query.WithGroups), total, query.StartIndex);
    }

    /// <summary>The members of a group, read a part at a time while the answer is written.</summary>
    public IAsyncEnumerable<MemberReference> MembersAsync(ProvisionedResource group, CancellationToken cancellationToken) =>
        MemberReads.MembersOfAsync(database, group.Seq, cancellationToken);

    private static Task<IReadOnlyList<ProvisionedResource>> WithGroupsAsync(
        SqliteConnection connection,
        ResourceType type,
        IReadOnlyList<ResourceRow> rows,
        bool withGroups
    ) => WithGroupsAsync(connection.Statement, type, rows, withGroups);

    private static async Task<IReadOnlyList<ProvisionedResource>> WithGroupsAsync(
        StatementSource source,
        ResourceType type,
        IReadOnlyList<ResourceRow> rows,
        bool withGroups
    )
    {
        var groups = withGroups && !type.HasMembers ? await MemberReads.GroupsOfAsync(source, [.. rows.Select(row => row.Seq)]) : null;
        return [.. rows.Select(row => ProvisionedResource.Of(row, type, groups?[row.Seq] ?? []))];
    }
}
