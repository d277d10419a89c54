using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>What an administrator decides about signing in by a provider.</summary>
/// <param name="IsDefault">Whether it signs in those whose domain no provider claims; takes this from the one that did.</param>
/// <param name="AllowsUnsolicited">See <see cref="IdentityProvider.AllowsUnsolicitedSignIn"/>.</param>
/// <param name="UserNameAttribute">Name of the attribute that holds the user name; null or empty for the NameID.</param>
/// <param name="ClockSkewMinutes">Two to five.</param>
public sealed record SingleSignOnChoices(bool IsDefault, bool AllowsUnsolicited, string? UserNameAttribute, int ClockSkewMinutes);

/// <summary>Turns signing in by a provider on and off.</summary>
public sealed class SingleSignOnConnections(IWritePath writePath, IDbContextFactory<NinjaIamDbContext> databases, ChangeJournal journal)
{
    public const int LeastSkewMinutes = 2;
    public const int MostSkewMinutes = 5;
    private const int LongestAttribute = 256;

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
                var attribute = string.IsNullOrWhiteSpace(choices.UserNameAttribute) ? null : choices.UserNameAttribute.Trim();
                if (attribute is { Length: > LongestAttribute })
                {
                    return new Refusal(
                        RefusalKind.InvalidValue,
                        $"The name of an attribute has at most {LongestAttribute} characters.",
                        nameof(SingleSignOnChoices.UserNameAttribute)
                    );
                }

                if (choices.ClockSkewMinutes is < LeastSkewMinutes or > MostSkewMinutes)
                {
                    return new Refusal(
                        RefusalKind.InvalidValue,
                        $"Choose {LeastSkewMinutes} to {MostSkewMinutes} minutes.",
                        nameof(SingleSignOnChoices.ClockSkewMinutes)
                    );
                }

                var changes = new List<ChangedValue>();
                Note("defaultForSignIn", Text(provider.IsDefaultForSignIn), Text(choices.IsDefault));
                Note("idpInitiated", Text(provider.AllowsUnsolicitedSignIn), Text(choices.AllowsUnsolicited));
                Note("userNameAttribute", provider.UserNameAttribute, attribute);
                Note("clockSkewMinutes", Text(provider.ClockSkewMinutes), Text(choices.ClockSkewMinutes));
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
                (provider.UserNameAttribute, provider.ClockSkewMinutes) = (attribute, choices.ClockSkewMinutes);
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
    public Task<Outcome<Completed>> NoteTestAsync(Guid providerId, Origin origin, CancellationToken cancellationToken) =>
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
        var people = database.Users.Where(user => user.PasswordHash == null && user.Active && !user.Blocked && user.DeletedAt == null);
        var count = await people.CountAsync(user => user.ProviderId == providerId, cancellationToken);
        var domains = await database
            .ProviderDomains.Where(row => row.ProviderId == providerId)
            .Select(row => row.Domain)
            .ToListAsync(cancellationToken);
        foreach (var ending in domains.Select(domain => "@" + TextKey.Of(domain)))
        {
            count += await people.CountAsync(
                user => user.ProviderId == null && user.NormalizedUserName!.EndsWith(ending),
                cancellationToken
            );
        }

        return count;
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
