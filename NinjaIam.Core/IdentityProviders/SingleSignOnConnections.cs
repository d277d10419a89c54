using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>Turns signing in by a provider on and off.</summary>
public sealed class SingleSignOnConnections(IWritePath writePath, IDbContextFactory<NinjaIamDbContext> databases, ChangeJournal journal)
{
    private static readonly Refusal NoProvider = new(RefusalKind.NotFound, "This identity provider does not exist any more.");
    private static readonly Refusal ProviderIsDisabled = new(
        RefusalKind.PrerequisiteMissing,
        "The identity provider is disabled. Enable it first."
    );
    private static readonly Refusal NotTested = new(
        RefusalKind.PrerequisiteMissing,
        "No test has passed with the metadata that is saved now. Test the connection first."
    );

    /// <summary>Lets people sign in by the provider. Asks for a step-up.</summary>
    /// <param name="withoutTest">The administrator confirmed to enable it although no test has passed.</param>
    public Task<Outcome<Completed>> EnableAsync(Guid providerId, bool withoutTest, Origin origin, CancellationToken cancellationToken) =>
        ChangeAsync(
            providerId,
            origin,
            async (scope, provider) =>
            {
                if (provider.DisabledAt is not null)
                {
                    return ProviderIsDisabled;
                }

                var ends = await scope
                    .Database.SigningCertificates.Where(row => row.ProviderId == providerId)
                    .Select(row => row.NotAfter)
                    .ToListAsync(CancellationToken.None);
                if (ScimConnections.MissingFor(provider.Saml, ends, scope.Now) is { } missing)
                {
                    return missing;
                }

                if (!withoutTest && !(provider.ConnectionTestedAt >= provider.Saml!.ImportedAt))
                {
                    return NotTested;
                }

                if (provider.SingleSignOnSince is null)
                {
                    provider.SingleSignOnSince = scope.Now;
                    provider.SingleSignOnFirstEnabledAt ??= scope.Now;
                    await SaveAsync(scope, origin, JournalKind.SingleSignOnEnabled, provider, []);
                }

                return new Completed();
            },
            cancellationToken
        );

    /// <summary>Ends signing in by the provider. Those who are signed in stay so. Asks for a step-up.</summary>
    public Task<Outcome<Completed>> DisableAsync(Guid providerId, Origin origin, CancellationToken cancellationToken) =>
        ChangeAsync(
            providerId,
            origin,
            async (scope, provider) =>
            {
                if (provider.SingleSignOnSince is not null)
                {
                    provider.SingleSignOnSince = null;
                    await SaveAsync(scope, origin, JournalKind.SingleSignOnDisabled, provider, []);
                }

                return new Completed();
            },
            cancellationToken
        );

    /// <summary>Changes how people sign in by the provider. Asks for a step-up.</summary>
    public Task<Outcome<Completed>> ChangeAsync(
        Guid providerId,
        SingleSignOnChoices choices,
        Origin origin,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            providerId,
            origin,
            async (scope, provider) =>
            {
                var claim = ClaimFor(provider);
                choices = choices with
                {
                    UserNameAttribute = string.IsNullOrWhiteSpace(choices.UserNameAttribute) ? null : choices.UserNameAttribute.Trim(),
                    SecondFactor = choices.SecondFactor is { } given
                        ? new SecondFactorClaim(given.Attribute.Trim(), given.Value.Trim())
                        : VendorCatalog.Of(provider.Vendor).SecondFactor,
                };
                if ((choices.Check() ?? RefuseUnproved(provider, choices)) is { } refusal)
                {
                    return refusal;
                }

                var changes = new List<ChangedValue>();
                Note("defaultForSignIn", Text(provider.IsDefaultForSignIn), Text(choices.IsDefault));
                Note("idpInitiated", Text(provider.AllowsUnsolicitedSignIn), Text(choices.AllowsUnsolicited));
                Note("userNameAttribute", provider.UserNameAttribute, choices.UserNameAttribute);
                Note("clockSkewMinutes", Text(provider.ClockSkewMinutes), Text(choices.ClockSkewMinutes));
                Note("conditionalMfaBypass", Text(provider.SkipsSecondFactor), Text(choices.SkipsSecondFactor));
                Note("secondFactorAttribute", claim?.Attribute, choices.SecondFactor?.Attribute);
                Note("secondFactorValue", claim?.Value, choices.SecondFactor?.Value);
                if (await SignOnRules.RequireAsync(scope, providerId, choices.RequiredFor, changes) is { } notRequired)
                {
                    return notRequired;
                }

                if (changes.Count == 0)
                {
                    return new Completed();
                }

                if (choices.IsDefault)
                {
                    var others = await scope
                        .Database.IdentityProviders.Where(row => row.IsDefaultForSignIn && row.Id != providerId)
                        .ToListAsync(CancellationToken.None);
                    others.ForEach(other => other.IsDefaultForSignIn = false);
                }

                (provider.IsDefaultForSignIn, provider.AllowsUnsolicitedSignIn) = (choices.IsDefault, choices.AllowsUnsolicited);
                (provider.UserNameAttribute, provider.ClockSkewMinutes) = (choices.UserNameAttribute, choices.ClockSkewMinutes);
                if (choices.SecondFactor != claim)
                {
                    SetClaim(provider, choices.SecondFactor);
                    provider.SecondFactorProvedAt = null;
                }

                provider.SkipsSecondFactor = choices.SkipsSecondFactor;
                await SaveAsync(scope, origin, JournalKind.ProviderChanged, provider, changes);
                return new Completed();

                void Note(string name, string? before, string? after)
                {
                    if (before != after)
                    {
                        changes.Add(new ChangedValue(name, before, after));
                    }
                }
            },
            cancellationToken
        );

    /// <summary>Notes that a test of the connection passed, with the metadata that is saved now.</summary>
    /// <param name="shown">By what the provider said that it asked for a second factor; null when it did not.</param>
    public Task<Outcome<Completed>> NoteTestAsync(
        Guid providerId,
        Origin origin,
        CancellationToken cancellationToken,
        SecondFactorClaim? shown = null
    ) =>
        writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                if (await scope.RefuseOthersAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                if (await FindAsync(scope, providerId) is not { } provider)
                {
                    return NoProvider;
                }

                (provider.ConnectionTestedAt, provider.ConnectionTestedBy) = (scope.Now, origin.Actor.Name);
                // What somebody saved while the test ran is not what it showed.
                if (shown is not null && shown == ClaimFor(provider))
                {
                    SetClaim(provider, shown);
                    provider.SecondFactorProvedAt = scope.Now;
                }

                await SaveAsync(scope, origin, JournalKind.SingleSignOnTested, provider, []);
                return new Completed();
            },
            cancellationToken
        );

    /// <summary>How many people who can sign in now only by this provider could not do so any more without it: they have no password.</summary>
    public async Task<int> WithoutOtherWayInAsync(Actor actor, Guid providerId, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await (await StrandedAsync(database, providerId, cancellationToken)).CountAsync(cancellationToken);
    }

    /// <summary>
    /// Those who have no password and whom nothing but the provider could sign in: the people it manages, and people kept by hand in its
    /// domains.
    /// </summary>
    internal static async Task<IQueryable<User>> StrandedAsync(
        NinjaIamDbContext database,
        Guid providerId,
        CancellationToken cancellationToken
    )
    {
        var domains = await database
            .ProviderDomains.Where(row => row.ProviderId == providerId)
            .Select(row => row.Domain)
            .ToListAsync(cancellationToken);
        var endings = domains.ConvertAll(domain => "%@" + TextKey.Of(domain));
        return database.Users.Where(user =>
            user.PasswordHash == null
            && user.Active
            && !user.Blocked
            && user.DeletedAt == null
            && (
                user.ProviderId == providerId
                || (user.ProviderId == null && endings.Any(ending => EF.Functions.Like(user.NormalizedUserName!, ending)))
            )
        );
    }

    private Task<Outcome<Completed>> ChangeAsync(
        Guid providerId,
        Origin origin,
        Func<WriteScope, IdentityProvider, Task<Outcome<Completed>>> change,
        CancellationToken cancellationToken
    ) =>
        writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                if (await scope.RefuseWithoutStepUpAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                return await FindAsync(scope, providerId) is { } provider ? await change(scope, provider) : NoProvider;
            },
            cancellationToken
        );

    /// <summary>Nobody can rely on what the provider does not send.</summary>
    private static Refusal? RefuseUnproved(IdentityProvider provider, SingleSignOnChoices choices) =>
        !choices.SkipsSecondFactor || (choices.SecondFactor == ClaimFor(provider) && IsProved(provider)) ? null
        : choices.SecondFactor is { } claim
            ? new Refusal(
                RefusalKind.PrerequisiteMissing,
                $"No test has shown the attribute {claim.Attribute} with the value {claim.Value} yet. Save without this, and test the connection with a sign-in for which the identity provider asks for a second factor.",
                nameof(SingleSignOnChoices.SkipsSecondFactor)
            )
        : new Refusal(
            RefusalKind.PrerequisiteMissing,
            "Enter by which attribute and value the identity provider says that it asked for a second factor, save, and test the connection.",
            nameof(SingleSignOnChoices.SkipsSecondFactor)
        );

    /// <summary>By what the provider says that it asked for a second factor: as saved, or the vendor's own; null when nobody knows.</summary>
    internal static SecondFactorClaim? ClaimFor(IdentityProvider provider) =>
        provider is { SecondFactorAttribute: { } attribute, SecondFactorValue: { } value }
            ? new SecondFactorClaim(attribute, value)
            : VendorCatalog.Of(provider.Vendor).SecondFactor;

    internal static bool IsProved(IdentityProvider provider) => provider.SecondFactorProvedAt >= provider.Saml?.ImportedAt;

    private static void SetClaim(IdentityProvider provider, SecondFactorClaim? claim) =>
        (provider.SecondFactorAttribute, provider.SecondFactorValue) = (claim?.Attribute, claim?.Value);

    private static Task<IdentityProvider?> FindAsync(WriteScope scope, Guid providerId) =>
        scope.Database.IdentityProviders.SingleOrDefaultAsync(row => row.Id == providerId, CancellationToken.None);

    private async Task SaveAsync(
        WriteScope scope,
        Origin origin,
        string kind,
        IdentityProvider provider,
        IReadOnlyList<ChangedValue> changes
    )
    {
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        await scope.TouchAsync(Concern.Providers);
        await journal.AppendAsync(scope, origin, ProviderWriter.EntryOf(kind, provider, changes), ChangeTopic.Providers);
    }

    private static string Text(bool flag) => flag ? "true" : "false";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
