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
/// <param name="Members">The members of the groups, if they were asked for. The page owns them.</param>
public sealed record ResourcePage(IReadOnlyList<ProvisionedResource> Resources, long Total, long StartIndex, StreamedMembers? Members)
    : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Members?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Reads users and groups for provisioning clients, each within the boundary of one provider.</summary>
public sealed class ResourceQueries(SqliteDatabase database)
{
    /// <summary>A list that would carry more than these members is refused.</summary>
    public const int MostMembers = 200_000;

    /// <summary>One live resource as a page of its own, or null. Another provider's is none.</summary>
    public async Task<ResourcePage?> FindAsync(
        ResourceType type,
        Guid providerId,
        Guid id,
        bool withGroups,
        bool withMembers,
        CancellationToken cancellationToken
    )
    {
        var session = await database.OpenReaderAsync(cancellationToken);
        try
        {
            // The version, the groups and the members are of the same instant.
            if (type.HasMembers ? withMembers : withGroups)
            {
                session.BeginSnapshot();
            }

            if (await ResourceReads.DocumentAsync(session.Statement, providerId, type.Name, id) is not { } document)
            {
                return null;
            }

            var resources = await WithGroupsAsync(session, type, [document], withGroups);
            var members = await MembersAsync(session, type, resources, withMembers);
            session = members is null ? session : null;
            return new ResourcePage(resources, 1, 1, members);
        }
        finally
        {
            if (session is not null)
            {
                await session.DisposeAsync();
            }
        }
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

        var session = await database.OpenReaderAsync(cancellationToken);
        try
        {
            // The total and the page are of the same instant.
            session.BeginSnapshot();
            var (documents, total) = await PageAsync(session, type, providerId, condition, query);
            if (
                type.HasMembers
                && query.WithMembers
                && await MemberReads.CountAsync(session.Statement, [.. documents.Select(row => row.Seq)], MostMembers + 1) > MostMembers
            )
            {
                return ScimError.TooMany(
                    $"The page would hold more than {MostMembers} members. Ask with excludedAttributes=members, or for fewer groups with count."
                );
            }

            var resources = await WithGroupsAsync(session, type, documents, query.WithGroups);
            var members = await MembersAsync(session, type, resources, query.WithMembers);
            session = members is null ? session : null;
            return new ResourcePage(resources, total, query.StartIndex, members);
        }
        catch (SqliteException exception) when (SqliteDeadline.WasMissed(exception) && condition?.Unindexed is { } attribute)
        {
            return ScimError.TooMany(
                $"Comparing {attribute} so means to read every {type.Name}, which takes too long here. "
                    + $"Add a condition with eq on {SearchContent.NameAttribute(type)}, externalId or id, joined by and."
            );
        }
        finally
        {
            if (session is not null)
            {
                await session.DisposeAsync();
            }
        }
    }

    /// <summary>The members of a group as they are now, for the answer of a write.</summary>
    public async Task<StreamedMembers> MembersAsync(ProvisionedResource group, CancellationToken cancellationToken) =>
        await StreamedMembers.OpenAsync(await database.OpenReaderAsync(cancellationToken), [group]);

    private static async Task<(IReadOnlyList<StoredDocument> Documents, long Total)> PageAsync(
        ReadSession session,
        ResourceType type,
        Guid providerId,
        ResourceCondition? condition,
        ResourceQuery query
    )
    {
        var documents =
            query.Count == 0
                ? (IReadOnlyList<StoredDocument>)[]
                : await ResourceReads.ListAsync(session.Statement, providerId, type.Name, condition, query.StartIndex - 1, query.Count);
        // A page that is not full tells how many there are.
        var isLast = documents.Count < query.Count && (documents.Count > 0 || query.StartIndex == 1);
        return (
            documents,
            isLast
                ? query.StartIndex - 1 + documents.Count
                : await ResourceReads.CountAsync(session.Statement, providerId, type.Name, condition)
        );
    }

    private static async Task<IReadOnlyList<ProvisionedResource>> WithGroupsAsync(
        ReadSession session,
        ResourceType type,
        IReadOnlyList<StoredDocument> documents,
        bool withGroups
    )
    {
        var groups =
            withGroups && !type.HasMembers && documents.Count > 0
                ? await MemberReads.GroupsOfAsync(session.Statement, [.. documents.Select(row => row.Seq)])
                : null;
        return [.. documents.Select(row => ProvisionedResource.Of(row, type, groups?[row.Seq] ?? []))];
    }

    private static async Task<StreamedMembers?> MembersAsync(
        ReadSession session,
        ResourceType type,
        IReadOnlyList<ProvisionedResource> resources,
        bool withMembers
    ) => withMembers && type.HasMembers && resources.Count > 0 ? await StreamedMembers.OpenAsync(session, resources) : null;
}
