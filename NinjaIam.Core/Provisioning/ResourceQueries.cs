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
public sealed record ResourceQuery(FilterExpression? Filter, long StartIndex, int Count, bool WithGroups, bool WithMembers)
{
    /// <summary>Null lists in the order of creation.</summary>
    public ResourceSort? Sort { get; init; }

    /// <summary>Go on from places in the list instead of counting from its start. <see cref="StartIndex"/> is 1 then.</summary>
    public bool ByPlace { get; init; }

    /// <summary>Where to go on; null is the start of the list.</summary>
    public ListPosition? From { get; init; }
}

/// <param name="Total">How many match, on this page or not.</param>
/// <param name="Members">The members of the groups, if they were asked for. The page owns them.</param>
public sealed record ResourcePage(IReadOnlyList<ProvisionedResource> Resources, long Total, long StartIndex, StreamedMembers? Members)
    : IAsyncDisposable
{
    /// <summary>Where the next page begins, if there is one and the query goes by places.</summary>
    public ListPosition? Next { get; init; }

    /// <summary>Where the page before this one ends, if there is one and the query goes by places.</summary>
    public ListPosition? Previous { get; init; }

    public ValueTask DisposeAsync() => Members?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Reads users and groups for provisioning clients, each within the boundary of one provider.</summary>
public sealed class ResourceQueries(SqliteDatabase database)
{
    /// <summary>A list that would carry more than these members is refused.</summary>
    public const int MostMembers = 200_000;

    // So many are sorted in little time.
    private const int FewResources = 10_000;

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
            var part = await PageAsync(session, type, providerId, condition, query);
            if (
                type.HasMembers
                && query.WithMembers
                && await MemberReads.CountAsync(session.Statement, [.. part.Documents.Select(row => row.Seq)], MostMembers + 1)
                    > MostMembers
            )
            {
                return ScimError.TooMany(
                    $"The page would hold more than {MostMembers} members. Ask with excludedAttributes=members, or for fewer groups with count."
                );
            }

            var resources = await WithGroupsAsync(session, type, part.Documents, query.WithGroups);
            var members = await MembersAsync(session, type, resources, query.WithMembers);
            session = members is null ? session : null;
            return new ResourcePage(resources, part.Total, query.StartIndex, members) { Next = part.Next, Previous = part.Previous };
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

    private static async Task<ListPart> PageAsync(
        ReadSession session,
        ResourceType type,
        Guid providerId,
        ResourceCondition? condition,
        ResourceQuery query
    )
    {
        // One more than the page holds tells whether there is a page after it.
        var take = query.ByPlace ? query.Count + 1 : query.Count;
        var order = query.Sort?.Order ?? ResourceOrder.Default;
        var isOfFew =
            order.Attribute is not null
            && await ResourceReads.CountAsync(session.Statement, providerId, type.Name, condition: null) <= FewResources;
        var window = new ListWindow(order, query.From, query.StartIndex - 1, take, isOfFew);
        var found = take == 0 ? [] : await ResourceReads.ListAsync(session.Statement, providerId, type.Name, condition, window);
        // A page that is not full tells how many there are.
        var isLast = query.From is null && found.Count < take && (found.Count > 0 || query.StartIndex == 1);
        var total = isLast
            ? query.StartIndex - 1 + found.Count
            : await ResourceReads.CountAsync(session.Statement, providerId, type.Name, condition);
        return query.ByPlace ? Placed(found, total, query) : new ListPart([.. found.Select(row => row.Document)], total, null, null);
    }

    private static ListPart Placed(List<(StoredDocument Document, string? Key)> found, long total, ResourceQuery query)
    {
        var backwards = query.From?.Backwards == true;
        var goesOn = found.Count > query.Count;
        var rows = found.Take(query.Count).ToList();
        if (backwards)
        {
            rows.Reverse();
        }

        // Where one came from there was something.
        var hasNext = backwards || goesOn;
        var hasPrevious = backwards ? goesOn : query.From is not null;
        return new ListPart(
            [.. rows.Select(row => row.Document)],
            total,
            hasNext && rows is [.., var last] ? new ListPosition(last.Key, last.Document.Seq, false) : null,
            hasPrevious && rows is [var first, ..] ? new ListPosition(first.Key, first.Document.Seq, true) : null
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

    private sealed record ListPart(IReadOnlyList<StoredDocument> Documents, long Total, ListPosition? Next, ListPosition? Previous);
}
