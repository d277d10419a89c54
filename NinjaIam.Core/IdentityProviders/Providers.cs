using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;
using NinjaIam.Core.Tokens;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>Reads and changes the identity providers that exist.</summary>
public sealed class Providers(
    IWritePath writePath,
    IDbContextFactory<NinjaIamDbContext> databases,
    PortalAddress address,
    TokenUsage usage,
    ChangeJournal journal,
    TimeProvider clock
)
{
    private const int EndedTokensShown = 5;

    public async Task<Page<ProviderLine>> ListAsync(
        Actor actor,
        ProviderFilter filter,
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = ProviderRows.Of(database, clock.GetUtcNow());
        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var key = TextKey.Of(filter.Search.Trim());
            var domain = filter.Search.Trim().ToLowerInvariant();
            var domains = database.ProviderDomains;
            rows = rows.Where(row =>
                row.NameKey.Contains(key) || domains.Any(other => other.ProviderId == row.Id && other.Domain.Contains(domain))
            );
        }

        if (filter.Vendor is { } vendor)
        {
            rows = rows.Where(row => row.Vendor == vendor);
        }

        if (filter.ScimState is { } scim)
        {
            rows = rows.Where(row => row.Scim == scim);
        }

        if (filter.SingleSignOnState is { } singleSignOn)
        {
            rows = rows.Where(row => row.SingleSignOn == singleSignOn);
        }

        var total = await rows.CountAsync(cancellationToken);
        var page = await ProviderRows.Sorted(rows, request).Skip(request.Skip).Take(request.Rows).ToListAsync(cancellationToken);
        return new Page<ProviderLine>(page.ConvertAll(row => row.ToLine(usage)), total);
    }

    public async Task<int> CountAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.IdentityProviders.CountAsync(cancellationToken);
    }

    /// <summary>Every provider by name, to choose from.</summary>
    public async Task<IReadOnlyList<ProviderChoice>> ChoicesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database
            .IdentityProviders.OrderBy(provider => provider.NormalizedDisplayName)
            .Select(provider => new ProviderChoice(provider.Id, provider.UniqueIdentifier, provider.DisplayName, provider.Vendor))
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// The providers whose connections need somebody: a token ended or ends soon, or was shown and not confirmed; a certificate ended or ends
    /// soon; metadata says something new or can't be read.
    /// </summary>
    public async Task<IReadOnlyList<ProviderAttention>> NeedingAttentionAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        var now = clock.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var tokens = database.ScimTokens;
        var failing = now - MetadataRefreshes.Patience;
        var refreshes =
            from refresh in database.MetadataRefreshes
            join provider in database.IdentityProviders on refresh.ProviderId equals provider.Id
            where provider.DisabledAt == null
            select refresh;
        var rows = await ProviderRows
            .Of(database, now)
            .Select(row => new
            {
                Row = row,
                Waits = refreshes.Any(refresh => refresh.ProviderId == row.Id && refresh.WaitingDigest != null),
                Fails = refreshes.Any(refresh => refresh.ProviderId == row.Id && refresh.FailingSince <= failing),
                Unconfirmed = tokens.Any(token =>
                    token.ProviderId == row.Id
                    && token.RevokedAt == null
                    && token.ExpiresAt > now
                    && token.ConfirmedAt == null
                    && token.FirstUsedAt == null
                ),
            })
            .Where(pair =>
                pair.Row.Scim == ScimState.Expired
                || pair.Row.Scim == ScimState.Revoked
                || pair.Row.Scim == ScimState.ExpiringSoon
                || pair.Row.SingleSignOn == SingleSignOnState.CertificateExpired
                || pair.Row.SingleSignOn == SingleSignOnState.CertificateExpiring
                || (pair.Unconfirmed && pair.Row.Scim != ScimState.Disabled)
                || pair.Waits
                || pair.Fails
            )
            .OrderBy(pair => pair.Row.NameKey)
            .Take(PageRequest.MostRows)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(pair => new ProviderAttention(pair.Row.ToLine(usage), pair.Unconfirmed)
        {
            MetadataWaits = pair.Waits,
            MetadataFails = pair.Fails,
        });
    }

    /// <summary>Live tokens over all providers, the first to expire first.</summary>
    public async Task<Page<TokenLine>> TokensAsync(Actor actor, PageRequest request, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        var now = clock.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var providers = database.IdentityProviders;
        var rows =
            from token in database.ScimTokens.AsNoTracking()
            join provider in providers on token.ProviderId equals provider.Id
            where token.RevokedAt == null && token.ExpiresAt > now
            orderby token.ExpiresAt, token.PublicId
            select new
            {
                token,
                Choice = new ProviderChoice(provider.Id, provider.UniqueIdentifier, provider.DisplayName, provider.Vendor),
            };
        var total = await rows.CountAsync(cancellationToken);
        var page = await rows.Skip(request.Skip).Take(request.Rows).ToListAsync(cancellationToken);
        return new Page<TokenLine>(page.ConvertAll(row => new TokenLine(View(row.token, now), row.Choice)), total);
    }

    /// <summary>One provider by its unique identifier, or null.</summary>
    public async Task<ProviderDetails?> FindAsync(Actor actor, string uniqueIdentifier, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        var now = clock.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var provider = await database
            .IdentityProviders.AsNoTracking()
            .SingleOrDefaultAsync(row => row.UniqueIdentifier == uniqueIdentifier, cancellationToken);
        if (provider is null)
        {
            return null;
        }

        var id = provider.Id;
        var row = await ProviderRows.Of(database, now).SingleAsync(other => other.Id == id, cancellationToken);
        var certificates = await database
            .SigningCertificates.AsNoTracking()
            .Where(certificate => certificate.ProviderId == id)
            .OrderByDescending(certificate => certificate.NotAfter)
            .ToListAsync(cancellationToken);
        var live = await database
            .ScimTokens.AsNoTracking()
            .Where(token => token.ProviderId == id && token.RevokedAt == null && token.ExpiresAt > now)
            .OrderBy(token => token.CreatedAt)
            .ToListAsync(cancellationToken);
        var ended = await database
            .ScimTokens.AsNoTracking()
            .Where(token => token.ProviderId == id && (token.RevokedAt != null || token.ExpiresAt <= now))
            .OrderByDescending(token => token.CreatedAt)
            .Take(EndedTokensShown)
            .ToListAsync(cancellationToken);
        var groups = await database
            .Counters.Where(counter => counter.Provider == id && counter.Type == "Group")
            .Select(counter => counter.Total)
            .SingleOrDefaultAsync(cancellationToken);
        var since = now - PeopleBatch.MayReturnFor;
        var batch = await database
            .PeopleBatches.AsNoTracking()
            .Where(other => other.ProviderId == id && other.UndoneAt == null && other.At > since)
            .OrderByDescending(other => other.At)
            .FirstOrDefaultAsync(cancellationToken);
        var refresh = await database
            .MetadataRefreshes.AsNoTracking()
            .SingleOrDefaultAsync(other => other.ProviderId == id, cancellationToken);
        var line = row.ToLine(usage);
        return new ProviderDetails(
            id,
            provider.UniqueIdentifier,
            await InputAsync(database, provider, cancellationToken),
            provider.EntityId,
            address.ReplyUrl(provider.UniqueIdentifier),
            address.ScimBaseUrl(provider.UniqueIdentifier),
            provider.Saml,
            certificates,
            line.SingleSignOn,
            provider.ScimEnabled,
            line.Scim,
            ScimConnections.MissingFor(provider.Saml, certificates.Select(certificate => certificate.NotAfter), now)?.Detail,
            live.ConvertAll(token => View(token, now)),
            ended.ConvertAll(token => View(token, now)),
            line.LastRequestAt,
            line.Users,
            groups,
            provider.CreatedAt,
            provider.ConcurrencyStamp
        )
        {
            Pause = provider.PausedAt is { } pausedAt ? new ScimPause(pausedAt, provider.PauseEndsAt, provider.PausedBy ?? "") : null,
            DisabledAt = provider.DisabledAt,
            PreviewSince = provider.PreviewSince,
            SingleSignOnSince = provider.SingleSignOnSince,
            TestedAt = provider.ConnectionTestedAt >= provider.Saml?.ImportedAt ? provider.ConnectionTestedAt : null,
            TestedBy = provider.ConnectionTestedBy,
            BrandedReplyUrls = address.BrandedReplyUrls(provider.UniqueIdentifier),
            MetadataRefresh = MetadataRefreshes.ViewOf(refresh, now),
            SignOnChoices = new SingleSignOnChoices(
                provider.IsDefaultForSignIn,
                provider.AllowsUnsolicitedSignIn,
                provider.UserNameAttribute,
                provider.ClockSkewMinutes
            )
            {
                RequiredFor = await database
                    .ProviderDomains.Where(row => row.ProviderId == id && row.RequiresSingleSignOn)
                    .OrderBy(row => row.Ordinal)
                    .Select(row => row.Domain)
                    .ToListAsync(cancellationToken),
                SkipsSecondFactor = provider.SkipsSecondFactor,
                SecondFactor = SingleSignOnConnections.ClaimFor(provider),
            },
            SecondFactorProvedAt = SingleSignOnConnections.IsProved(provider) ? provider.SecondFactorProvedAt : null,
            Deactivated = batch is null ? null : new DeactivatedTogether(batch.Id, batch.People, batch.At, batch.By),
        };
    }

    /// <summary>Changes what an administrator decides about a provider.</summary>
    /// <param name="stamp">The stamp of the details that the change was made on; another one refuses with <see cref="RefusalKind.Stale"/>.</param>
    public Task<Outcome<Completed>> ChangeAsync(
        Guid id,
        ProviderInput input,
        string stamp,
        Origin origin,
        CancellationToken cancellationToken
    ) =>
        WriteAsync(
            id,
            origin,
            async (scope, provider) =>
            {
                if (provider.ConcurrencyStamp != stamp)
                {
                    return new Refusal(
                        RefusalKind.Stale,
                        "Somebody else changed this identity provider meanwhile. Reload to see the change."
                    );
                }

                if (await ProviderRules.FirstBrokenAsync(scope.Database, input, id, CancellationToken.None) is { } refusal)
                {
                    return refusal;
                }

                var changes = ProviderChanges.Between(await InputAsync(scope.Database, provider, CancellationToken.None), input);
                if (changes.Count > 0)
                {
                    await ProviderWriter.WriteInputAsync(scope, provider, input);
                    await AppendAsync(scope, origin, JournalKind.ProviderChanged, provider, changes);
                }

                return new Completed();
            },
            cancellationToken
        );

    /// <summary>
    /// Replaces a provider's SAML settings by those of imported metadata. Asks for a step-up: whoever has the keys signs people in.
    /// </summary>
    public Task<Outcome<Completed>> ImportMetadataAsync(
        Guid id,
        ImportedMetadata metadata,
        Origin origin,
        CancellationToken cancellationToken
    ) =>
        WriteAsync(
            id,
            origin,
            async (scope, provider) =>
            {
                if (await scope.RefuseWithoutStepUpAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                var certificates = await scope
                    .Database.SigningCertificates.AsNoTracking()
                    .Where(row => row.ProviderId == id)
                    .ToListAsync(CancellationToken.None);
                var changes = MetadataContent.Changes(provider.Saml, certificates, metadata);
                await ProviderWriter.WriteMetadataAsync(scope, id, metadata);
                await AppendAsync(scope, origin, JournalKind.ProviderMetadataImported, provider, changes);
                return new Completed();
            },
            cancellationToken
        );

    private static async Task<ProviderInput> InputAsync(
        NinjaIamDbContext database,
        IdentityProvider provider,
        CancellationToken cancellationToken
    )
    {
        var id = provider.Id;
        return new ProviderInput
        {
            Vendor = provider.Vendor,
            DisplayName = provider.DisplayName,
            Domains = await database
                .ProviderDomains.Where(row => row.ProviderId == id)
                .OrderBy(row => row.Ordinal)
                .Select(row => row.Domain)
                .ToListAsync(cancellationToken),
            AllOrganizations = provider.AllOrganizations,
            OrganizationIds = await database
                .ProviderOrganizations.Where(row => row.ProviderId == id)
                .OrderBy(row => row.OrganizationId)
                .Select(row => row.OrganizationId)
                .ToListAsync(cancellationToken),
            DefaultOrganizationId = provider.DefaultOrganizationId,
            MayCreateTechnicians = provider.MayCreateTechnicians,
            AllowsEqualGroupNames = provider.AllowsEqualGroupNames,
            AdoptionPolicy = provider.AdoptionPolicy,
            HoldsMassDepartures = provider.HoldsMassDepartures,
        };
    }

    private TokenView View(ScimToken token, DateTimeOffset now)
    {
        var state =
            token.RevokedAt is not null ? TokenState.Revoked
            : now >= token.ExpiresAt ? TokenState.Expired
            : token.ReplacedBy is not null ? TokenState.RotatingOut
            : token.ExpiresAt - now <= Expiry.Soon ? TokenState.ExpiringSoon
            : token.FirstUsedAt is null && usage.LastUsed(token.PublicId) is null ? TokenState.NotUsedYet
            : TokenState.InUse;
        return new TokenView(
            token.PublicId,
            token.CreatedAt,
            token.CreatedBy,
            token.ExpiresAt,
            usage.LastUsed(token.PublicId) ?? token.LastUsedAt,
            token.RevokedAt,
            state,
            token.ConfirmedAt is not null,
            token.ReplacedBy,
            token.EndsAfterReplacementIsUsed,
            token.Access,
            token.Label
        );
    }

    private Task<Outcome<Completed>> WriteAsync(
        Guid id,
        Origin origin,
        Func<WriteScope, IdentityProvider, Task<Outcome<Completed>>> change,
        CancellationToken cancellationToken
    ) =>
        writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                if (await scope.RefuseOthersAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                var provider = await scope.Database.IdentityProviders.SingleOrDefaultAsync(row => row.Id == id, CancellationToken.None);
                return provider is null
                    ? new Refusal(RefusalKind.NotFound, "This identity provider does not exist any more.")
                    : await change(scope, provider);
            },
            cancellationToken
        );

    private Task AppendAsync(
        WriteScope scope,
        Origin origin,
        string kind,
        IdentityProvider provider,
        IReadOnlyList<ChangedValue> changes
    ) => journal.AppendAsync(scope, origin, ProviderWriter.EntryOf(kind, provider, changes), ChangeTopic.Providers);
}
