using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>A draft as its owner sees it.</summary>
public sealed record ProviderDraftView(
    Guid Id,
    string UniqueIdentifier,
    string EntityId,
    string ReplyUrl,
    IReadOnlyList<string> BrandedReplyUrls,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    ProviderDraftContent Content
);

/// <summary>
/// Add provider, kept on the server while it is filled in. A draft belongs to the administrator who started it; nobody else sees it.
/// </summary>
public sealed class ProviderDrafts(
    IWritePath writePath,
    IDbContextFactory<NinjaIamDbContext> databases,
    PortalAddress address,
    ChangeJournal journal,
    ChangeFeed feed,
    TimeProvider clock
)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private static readonly Refusal Gone = new(
        RefusalKind.NotFound,
        "This draft does not exist any more. It was saved, discarded, or not touched for 30 days."
    );

    /// <summary>The administrator's own drafts, the latest first.</summary>
    public async Task<IReadOnlyList<ProviderDraftView>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        var (owner, oldest) = (actor.Id, clock.GetUtcNow() - Lifetime);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var drafts = await database
            .ProviderDrafts.AsNoTracking()
            .Where(draft => draft.OwnerId == owner && draft.ChangedAt > oldest)
            .OrderByDescending(draft => draft.ChangedAt)
            .ToListAsync(cancellationToken);
        return drafts.ConvertAll(View);
    }

    /// <summary>One of the administrator's own drafts, or null.</summary>
    public async Task<ProviderDraftView?> FindAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        var (owner, oldest) = (actor.Id, clock.GetUtcNow() - Lifetime);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var draft = await database
            .ProviderDrafts.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == id && row.OwnerId == owner && row.ChangedAt > oldest, cancellationToken);
        return draft is null ? null : View(draft);
    }

    /// <summary>Starts a draft with its final unique identifier and answers its id. Drafts that ran out are dropped on the way.</summary>
    public Task<Outcome<Guid>> StartAsync(Origin origin, CancellationToken cancellationToken) =>
        StartAsync(
            origin,
            async scope =>
            {
                var organizations = await scope
                    .Database.Organizations.Where(row => row.ArchivedAt == null)
                    .OrderBy(row => row.Id)
                    .Select(row => row.Id)
                    .Take(1)
                    .ToListAsync(CancellationToken.None);
                return new ProviderInput
                {
                    OrganizationIds = organizations,
                    DefaultOrganizationId = organizations.Count == 1 ? organizations[0] : null,
                };
            },
            cancellationToken
        );

    /// <summary>
    /// Starts a draft for the next customer: vendor and boundary are those of a provider that exists. Name and domains, which no two
    /// providers share, are left to be entered; SAML settings, tokens and people are never taken over.
    /// </summary>
    public Task<Outcome<Guid>> CloneAsync(string uniqueIdentifier, Origin origin, CancellationToken cancellationToken) =>
        StartAsync(
            origin,
            async scope =>
            {
                var provider = await scope
                    .Database.IdentityProviders.AsNoTracking()
                    .SingleOrDefaultAsync(row => row.UniqueIdentifier == uniqueIdentifier, CancellationToken.None);
                if (provider is null)
                {
                    return new Refusal(RefusalKind.NotFound, "This identity provider does not exist any more.");
                }

                var (id, organizations) = (provider.Id, scope.Database.Organizations.Where(row => row.ArchivedAt == null));
                var allowed = await scope
                    .Database.ProviderOrganizations.Where(row => row.ProviderId == id && organizations.Any(o => o.Id == row.OrganizationId))
                    .OrderBy(row => row.OrganizationId)
                    .Select(row => row.OrganizationId)
                    .ToListAsync(CancellationToken.None);
                var standard = provider.DefaultOrganizationId;
                var isOffered = await organizations.AnyAsync(row => row.Id == standard, CancellationToken.None);
                return new ProviderInput
                {
                    Vendor = provider.Vendor,
                    AllOrganizations = provider.AllOrganizations,
                    OrganizationIds = allowed,
                    DefaultOrganizationId = isOffered ? standard : null,
                    MayCreateTechnicians = provider.MayCreateTechnicians,
                    AllowsEqualGroupNames = provider.AllowsEqualGroupNames,
                };
            },
            cancellationToken
        );

    /// <summary>Keeps what was entered so far and answers when (UTC).</summary>
    public Task<Outcome<DateTimeOffset>> KeepAsync(
        Guid id,
        ProviderDraftContent content,
        Origin origin,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync<DateTimeOffset>(
            id,
            origin,
            async (scope, draft) =>
            {
                draft.Content = content.ToJson();
                draft.ChangedAt = scope.Now;
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                // Whoever left the page while typing looks at the list already.
                scope.AfterCommit(() => feed.Publish(new Change(ChangeTopic.Providers)));
                return scope.Now;
            },
            cancellationToken
        );

    public Task<Outcome<Completed>> DiscardAsync(Guid id, Origin origin, CancellationToken cancellationToken) =>
        ChangeAsync<Completed>(
            id,
            origin,
            async (scope, draft) =>
            {
                scope.Database.ProviderDrafts.Remove(draft);
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                return new Completed();
            },
            cancellationToken
        );

    /// <summary>Whether the name or a domain belongs to another provider by now; Save asks again.</summary>
    public async Task<Refusal?> TakenAsync(Actor actor, ProviderInput input, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await ProviderRules.TakenAsync(database, input, null, cancellationToken);
    }

    /// <summary>Makes the draft a provider and answers its unique identifier. The draft is gone afterwards.</summary>
    public Task<Outcome<string>> SaveAsync(Guid id, Origin origin, CancellationToken cancellationToken) =>
        ChangeAsync<string>(
            id,
            origin,
            async (scope, draft) =>
            {
                var content = ProviderDraftContent.FromJson(draft.Content);
                if (await ProviderRules.FirstBrokenAsync(scope.Database, content.Input, null, CancellationToken.None) is { } refusal)
                {
                    return refusal;
                }

                scope.Database.ProviderDrafts.Remove(draft);
                await CreateAsync(scope, draft.UniqueIdentifier, draft.EntityId, content, origin);
                return draft.UniqueIdentifier;
            },
            cancellationToken
        );

    /// <summary>Creates a provider in one step, for installations that are filled by the program itself.</summary>
    public Task<Outcome<string>> CreateAsync(ProviderDraftContent content, Origin origin, CancellationToken cancellationToken) =>
        writePath.RunAsync<Outcome<string>>(
            async scope =>
            {
                if (await scope.RefuseOthersAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                if (await ProviderRules.FirstBrokenAsync(scope.Database, content.Input, null, CancellationToken.None) is { } broken)
                {
                    return broken;
                }

                var identifier = UniqueIdentifier.Create();
                await CreateAsync(scope, identifier, address.EntityId(identifier), content, origin);
                return identifier;
            },
            cancellationToken
        );

    private async Task CreateAsync(WriteScope scope, string identifier, string entityId, ProviderDraftContent content, Origin origin)
    {
        var provider = new IdentityProvider
        {
            Id = Guid.CreateVersion7(scope.Now),
            UniqueIdentifier = identifier,
            DisplayName = "",
            NormalizedDisplayName = "",
            Vendor = content.Input.Vendor!.Value,
            EntityId = entityId,
            CreatedAt = scope.Now,
        };
        scope.Database.IdentityProviders.Add(provider);
        await ProviderWriter.WriteInputAsync(scope, provider, content.Input);
        await journal.AppendAsync(
            scope,
            origin,
            ProviderWriter.EntryOf(JournalKind.ProviderCreated, provider, ProviderChanges.Between(null, content.Input)),
            ChangeTopic.Providers
        );
        if (content.Metadata is { } metadata)
        {
            await ProviderWriter.WriteMetadataAsync(scope, provider.Id, metadata);
            await journal.AppendAsync(
                scope,
                origin,
                ProviderWriter.EntryOf(
                    JournalKind.ProviderMetadataImported,
                    provider,
                    [new ChangedValue("entityId", null, metadata.EntityId)]
                ),
                ChangeTopic.Providers
            );
        }
    }

    private Task<Outcome<Guid>> StartAsync(
        Origin origin,
        Func<WriteScope, Task<Outcome<ProviderInput>>> begin,
        CancellationToken cancellationToken
    ) =>
        writePath.RunAsync<Outcome<Guid>>(
            async scope =>
            {
                if (await scope.RefuseOthersAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                if (origin.Actor.Id is not { } owner)
                {
                    return new Refusal(RefusalKind.NotAllowed, "Only somebody who signed in can keep a draft.");
                }

                var oldest = scope.Now - Lifetime;
                await scope.Database.ProviderDrafts.Where(draft => draft.ChangedAt <= oldest).ExecuteDeleteAsync(CancellationToken.None);
                return await (await begin(scope)).Match<Task<Outcome<Guid>>>(
                    async input => await AddAsync(scope, owner, input),
                    refused => Task.FromResult<Outcome<Guid>>(refused)
                );
            },
            cancellationToken
        );

    private async Task<Guid> AddAsync(WriteScope scope, Guid owner, ProviderInput input)
    {
        var identifier = UniqueIdentifier.Create();
        var draft = new ProviderDraft
        {
            Id = Guid.CreateVersion7(scope.Now),
            OwnerId = owner,
            UniqueIdentifier = identifier,
            EntityId = address.EntityId(identifier),
            CreatedAt = scope.Now,
            ChangedAt = scope.Now,
            Content = new ProviderDraftContent { Input = input }.ToJson(),
        };
        scope.Database.ProviderDrafts.Add(draft);
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        return draft.Id;
    }

    private Task<Outcome<T>> ChangeAsync<T>(
        Guid id,
        Origin origin,
        Func<WriteScope, ProviderDraft, Task<Outcome<T>>> change,
        CancellationToken cancellationToken
    ) =>
        writePath.RunAsync<Outcome<T>>(
            async scope =>
            {
                if (await scope.RefuseOthersAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                var (owner, oldest) = (origin.Actor.Id, scope.Now - Lifetime);
                var draft = await scope.Database.ProviderDrafts.SingleOrDefaultAsync(
                    row => row.Id == id && row.OwnerId == owner && row.ChangedAt > oldest,
                    CancellationToken.None
                );
                return draft is null ? Gone : await change(scope, draft);
            },
            cancellationToken
        );

    private ProviderDraftView View(ProviderDraft draft) =>
        new(
            draft.Id,
            draft.UniqueIdentifier,
            draft.EntityId,
            address.ReplyUrl(draft.UniqueIdentifier),
            address.BrandedReplyUrls(draft.UniqueIdentifier),
            draft.CreatedAt,
            draft.ChangedAt,
            ProviderDraftContent.FromJson(draft.Content)
        );
}
