using System.Text;
using Microsoft.Data.Sqlite;
using NinjaIam.Core.Provisioning.Adoption;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>What a query wants of the resources of one type.</summary>
/// <param name="WithGroups">Read the groups of users.</param>
/// <param name="WithMembers">The answer will hold the members of groups.</param>
public sealed record TypeQuery(ResourceType Type, FilterExpression? Filter, bool WithGroups, bool WithMembers);

/// <summary>A query of a provisioning client, over one type or over several in one order.</summary>
/// <param name="StartIndex">Counts from 1.</param>
public sealed record ResourceQuery(IReadOnlyList<TypeQuery> Types, long StartIndex, int Count)
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

/// <summary>Reads resources for provisioning clients, each within the boundary of one provider.</summary>
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
                return
                    type.HasAccounts
                    && await AdoptableAccount.FindAsync(session.Statement, providerId, id) is { Answer: AdoptionAnswer.Adopt } account
                    ? new ResourcePage([Shown(account, type)], 1, 1, null)
                    : null;
            }

            var resources = await ResourcesAsync(session, [(document, new TypeQuery(type, null, withGroups, withMembers))]);
            var members = await MembersAsync(session, resources, type.HasMembers && withMembers ? [type] : []);
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

    public async Task<ScimOutcome<ResourcePage>> ListAsync(Guid providerId, ResourceQuery query, CancellationToken cancellationToken)
    {
        if (!ListPlan.Make(query).TryGet(out var plan, out var refusal))
        {
            return refusal;
        }

        var session = await database.OpenReaderAsync(cancellationToken);
        try
        {
            // The total and the page are of the same instant.
            session.BeginSnapshot();
            var part = await PageAsync(session, providerId, plan, query);
            var groups = part.Found.Where(row => plan[row] is { WithMembers: true, Type.HasMembers: true }).Select(row => row.Document.Seq);
            if (await MemberReads.CountAsync(session.Statement, [.. groups], MostMembers + 1) > MostMembers)
            {
                return ScimError.TooMany(
                    $"The page would hold more than {MostMembers} members. Ask with excludedAttributes=members, or for fewer groups with count."
                );
            }

            var resources = await ResourcesAsync(session, [.. part.Found.Select(row => (row.Document, plan[row]))]);
            var total = part.Total;
            if (await AdoptableAsync(session, providerId, query, total) is { } adoptable)
            {
                total++;
                resources = HoldsLast(query, part, total) ? [.. resources, adoptable] : resources;
            }

            var members = await MembersAsync(session, resources, plan.WithMembers);
            session = members is null ? session : null;
            return new ResourcePage(resources, total, query.StartIndex, members) { Next = part.Next, Previous = part.Previous };
        }
        catch (SqliteException exception) when (SqliteDeadline.WasMissed(exception) && plan.Unindexed is var (type, attribute))
        {
            return ScimError.TooMany(
                $"Comparing {attribute} so means to read every {type.Name}, which takes too long here. "
                    + $"Add a condition with eq on {SearchContent.FoundBy(type)}, joined by and."
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

    /// <summary>Whom the filter names and the provider may take over: somebody who is kept by hand comes after everybody whom it manages.</summary>
    /// <param name="managed">How many whom it manages match: where a user name is asked for, nobody else can have it.</param>
    private static async Task<ProvisionedResource?> AdoptableAsync(ReadSession session, Guid providerId, ResourceQuery query, long managed)
    {
        foreach (var wanted in query.Types)
        {
            if (
                wanted is { Type.HasAccounts: true, Filter: { } filter }
                && AdoptionFilter.Of(filter) is { } named
                && (managed == 0 || named.Email is not null)
                && await AdoptableAccount.FindAsync(session.Statement, providerId, named.UserName, named.Email)
                    is { Answer: AdoptionAnswer.Adopt } account
                && FilterEvaluator.Matches(filter, account.Document(wanted.Type))
            )
            {
                return Shown(account, wanted.Type);
            }
        }

        return null;
    }

    private static bool HoldsLast(ResourceQuery query, ListPart part, long total) =>
        query.ByPlace
            ? query.From is null && part.Next is null && part.Found.Count < query.Count
            : query.StartIndex <= total && total < query.StartIndex + query.Count;

    private static ProvisionedResource Shown(AdoptableAccount account, ResourceType type) =>
        new(
            account.Id,
            type,
            AdoptableAccount.Version,
            account.CreatedAt,
            account.CreatedAt,
            Encoding.UTF8.GetBytes(account.Document(type).ToJsonString(StoredJson.Options)),
            []
        );

    private static async Task<ListPart> PageAsync(ReadSession session, Guid providerId, ListPlan plan, ResourceQuery query)
    {
        // One more than the page holds tells whether there is a page after it.
        var take = query.ByPlace ? query.Count + 1 : query.Count;
        var sources = new List<ListSource>();
        foreach (var source in plan.Sources)
        {
            var isOfFew = source.Order.Attribute is not null && await CountAsync(source with { Condition = null }) <= FewResources;
            sources.Add(source with { IsOfFew = isOfFew });
        }

        var window = new ListWindow(query.Sort?.IsDescending == true, query.From, query.StartIndex - 1, take);
        var found = take == 0 ? [] : await ResourceReads.ListAsync(session.Statement, providerId, sources, window);
        // A page that is not full tells how many there are.
        var isLast = query.From is null && found.Count < take && (found.Count > 0 || query.StartIndex == 1);
        long total = 0;
        if (isLast)
        {
            total = query.StartIndex - 1 + found.Count;
        }
        else
        {
            foreach (var source in sources)
            {
                total += await CountAsync(source);
            }
        }

        return query.ByPlace ? Placed(found, total, query) : new ListPart(found, total, null, null);

        Task<long> CountAsync(ListSource source) => ResourceReads.CountAsync(session.Statement, providerId, source.Type, source.Condition);
    }

    private static ListPart Placed(List<ListedDocument> found, long total, ResourceQuery query)
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
            rows,
            total,
            hasNext && rows is [.., var last] ? new ListPosition(last.Key, last.Document.Seq, false) : null,
            hasPrevious && rows is [var first, ..] ? new ListPosition(first.Key, first.Document.Seq, true) : null
        );
    }

    private static async Task<IReadOnlyList<ProvisionedResource>> ResourcesAsync(
        ReadSession session,
        IReadOnlyList<(StoredDocument Document, TypeQuery Query)> rows
    )
    {
        var people = rows.Where(row => row.Query is { WithGroups: true, Type.HasAccounts: true }).Select(row => row.Document.Seq).ToList();
        var groups = people.Count == 0 ? null : await MemberReads.GroupsOfAsync(session.Statement, people);
        return [.. rows.Select(row => ProvisionedResource.Of(row.Document, row.Query.Type, groups?[row.Document.Seq] ?? []))];
    }

    /// <param name="wanted">The types whose members are wanted.</param>
    private static async Task<StreamedMembers?> MembersAsync(
        ReadSession session,
        IReadOnlyList<ProvisionedResource> resources,
        IReadOnlyCollection<ResourceType> wanted
    )
    {
        var groups = resources.Where(resource => wanted.Contains(resource.Type)).ToList();
        return groups.Count == 0 ? null : await StreamedMembers.OpenAsync(session, groups);
    }

    private sealed record ListPart(IReadOnlyList<ListedDocument> Found, long Total, ListPosition? Next, ListPosition? Previous);

    /// <summary>A query with its filters translated. Types of which nothing can match are left out.</summary>
    private sealed class ListPlan
    {
        private readonly List<TypeQuery> _types = [];
        private readonly List<ListSource> _sources = [];

        public IReadOnlyList<ListSource> Sources => _sources;

        public IReadOnlyList<ResourceType> WithMembers =>
            [.. _types.Where(query => query is { WithMembers: true, Type.HasMembers: true }).Select(query => query.Type)];

        /// <summary>The first attribute that no index finds.</summary>
        public (ResourceType Type, string Attribute)? Unindexed { get; private set; }

        public TypeQuery this[ListedDocument row] => _types[row.Source];

        public static ScimOutcome<ListPlan> Make(ResourceQuery query)
        {
            var plan = new ListPlan();
            foreach (var wanted in query.Types)
            {
                var condition = ResourceCondition.Always;
                if (
                    wanted.Filter is { } filter
                    && !FilterTranslator.Translate(filter, wanted.Type, plan._types.Count).TryGet(out condition, out var refusal)
                )
                {
                    return refusal;
                }

                if (condition == ResourceCondition.Never)
                {
                    continue;
                }

                plan._types.Add(wanted);
                plan._sources.Add(
                    new ListSource(
                        wanted.Type.Name,
                        condition == ResourceCondition.Always ? null : condition,
                        query.Sort?.OrderOf(wanted.Type) ?? ResourceOrder.Default
                    )
                );
                plan.Unindexed ??= condition.Unindexed is { } attribute ? (wanted.Type, attribute) : null;
            }

            return plan;
        }
    }
}
