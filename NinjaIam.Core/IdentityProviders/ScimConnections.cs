using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Tokens;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>When a token that is rotated out ends.</summary>
public enum RotationEnd
{
    WhenRevoked,
    DayAfterFirstUse,
    Now,
}

/// <summary>What becomes of a provider's people when SCIM is disabled.</summary>
public enum PeopleChoice
{
    /// <summary>They stay as they are, can be edited, and are managed again when SCIM is enabled.</summary>
    Keep,

    /// <summary>They are kept by hand from then on.</summary>
    Convert,

    /// <summary>They become Inactive.</summary>
    Deactivate,
}

/// <summary>Turns a provider's SCIM connection on and off and cares for its tokens.</summary>
public sealed class ScimConnections(IWritePath writePath, ScimTokens tokens, IManagedPeople people, ChangeJournal journal)
{
    private static readonly Refusal NoProvider = new(RefusalKind.NotFound, "This identity provider does not exist any more.");
    private static readonly Refusal NoToken = new(RefusalKind.NotFound, "This token is not live any more.");
    private static readonly Refusal NotEnabled = new(RefusalKind.PrerequisiteMissing, "SCIM is not enabled. Enable it first.");
    private static readonly Refusal ProviderIsDisabled = new(
        RefusalKind.PrerequisiteMissing,
        "The identity provider is disabled. Enable it first."
    );
    private static readonly Refusal Paused = new(RefusalKind.NotAllowed, "SCIM is paused. End the pause first.");
    private static readonly Refusal InPreview = new(
        RefusalKind.NotAllowed,
        "SCIM is in preview, which holds requests back already. End it first."
    );
    private static readonly Refusal NotPaused = new(RefusalKind.NotAllowed, "SCIM is not paused.");

    /// <summary>How long a pause lasts unless it was said to last until somebody ends it.</summary>
    public static readonly TimeSpan PauseLasts = TimeSpan.FromHours(4);

    private static readonly Refusal TwoLive = new(
        RefusalKind.NotAllowed,
        "Two tokens are live already. Revoke one of the two tokens first."
    );

    /// <summary>
    /// What is missing before SCIM can be enabled, or null: entity ID, sign-in URL and one signing certificate that has not expired
    /// (the product's rule 1). Certificates that expire later warn and stop nothing.
    /// </summary>
    public static Refusal? MissingFor(SamlSettings? saml, IEnumerable<DateTimeOffset> certificateEnds, DateTimeOffset now)
    {
        if (saml is null)
        {
            return new Refusal(RefusalKind.PrerequisiteMissing, "Import the SAML metadata first.");
        }

        return certificateEnds.Any(end => end > now)
            ? null
            : new Refusal(RefusalKind.PrerequisiteMissing, "Every signing certificate has expired. Import current SAML metadata first.");
    }

    /// <summary>
    /// Enables SCIM. What was changed meanwhile about people whom it manages is overwritten. Issues a token when none is live or dormant,
    /// which asks for a step-up, and answers it; null when a dormant one lives again.
    /// </summary>
    /// <param name="startsInPreview">Requests are only evaluated until somebody ends the preview; without meaning when SCIM is on already.</param>
    public Task<Outcome<IssuedScimToken?>> EnableAsync(
        Guid providerId,
        Origin origin,
        CancellationToken cancellationToken,
        bool startsInPreview = false
    ) =>
        ChangeAsync<IssuedScimToken?>(
            providerId,
            origin,
            async (scope, provider) =>
            {
                var ends = await scope
                    .Database.SigningCertificates.Where(row => row.ProviderId == providerId)
                    .Select(row => row.NotAfter)
                    .ToListAsync(CancellationToken.None);
                if (provider.DisabledAt is not null)
                {
                    return ProviderIsDisabled;
                }

                if (MissingFor(provider.Saml, ends, scope.Now) is { } missing)
                {
                    return missing;
                }

                var live = await ScimTokens.LiveAsync(scope, providerId);
                if (live.Count == 0 && await scope.RefuseWithoutStepUpAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                if (!provider.ScimEnabled)
                {
                    provider.ScimEnabled = true;
                    provider.ScimFirstEnabledAt ??= scope.Now;
                    (provider.PausedAt, provider.PauseEndsAt, provider.PausedBy) = (null, null, null);
                    provider.PreviewSince = startsInPreview ? scope.Now : null;
                    await SaveAsync(scope);
                    await people.ProjectAgainAsync(scope, providerId, origin);
                    await AppendAsync(scope, origin, JournalKind.ScimEnabled, provider);
                    if (startsInPreview)
                    {
                        await AppendAsync(scope, origin, JournalKind.PreviewStarted, provider);
                    }
                }

                return live.Count > 0 ? (IssuedScimToken?)null : await IssueAsync(scope, provider, TokenAccess.Everything, null, origin);
            },
            RefusingOthers,
            cancellationToken
        );

    /// <summary>Disables SCIM. Tokens stay dormant: they work again when it is enabled, until they expire.</summary>
    /// <param name="choice">What becomes of the people whom the provider manages; nothing when SCIM is off already.</param>
    public Task<Outcome<Completed>> DisableAsync(
        Guid providerId,
        PeopleChoice choice,
        Origin origin,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync<Completed>(
            providerId,
            origin,
            async (scope, provider) =>
            {
                await TurnOffAsync(scope, provider, choice, origin);
                return new Completed();
            },
            RefusingWithoutStepUp,
            cancellationToken
        );

    /// <summary>
    /// Turns the whole provider off: SCIM as by <see cref="DisableAsync"/>, and sign-in by it. <see cref="EnableProviderAsync"/> takes it
    /// back, and SCIM is enabled again after that.
    /// </summary>
    /// <param name="choice">As for SCIM.</param>
    public Task<Outcome<Completed>> DisableProviderAsync(
        Guid providerId,
        PeopleChoice choice,
        Origin origin,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync<Completed>(
            providerId,
            origin,
            async (scope, provider) =>
            {
                if (provider.DisabledAt is null)
                {
                    provider.DisabledAt = scope.Now;
                    await SaveAsync(scope);
                    await AppendAsync(scope, origin, JournalKind.ProviderDisabled, provider);
                    await TurnOffAsync(scope, provider, choice, origin);
                }

                return new Completed();
            },
            RefusingWithoutStepUp,
            cancellationToken
        );

    public Task<Outcome<Completed>> EnableProviderAsync(Guid providerId, Origin origin, CancellationToken cancellationToken) =>
        ChangeAsync<Completed>(
            providerId,
            origin,
            async (scope, provider) =>
            {
                if (provider.DisabledAt is not null)
                {
                    provider.DisabledAt = null;
                    await SaveAsync(scope);
                    await AppendAsync(scope, origin, JournalKind.ProviderEnabled, provider);
                }

                return new Completed();
            },
            RefusingOthers,
            cancellationToken
        );

    /// <summary>
    /// Puts SCIM in preview: reads are answered as they are, and of each write it is found out what it would do and nothing is done.
    /// </summary>
    public Task<Outcome<Completed>> StartPreviewAsync(Guid providerId, Origin origin, CancellationToken cancellationToken) =>
        ChangeAsync<Completed>(
            providerId,
            origin,
            async (scope, provider) =>
            {
                if (!provider.ScimEnabled)
                {
                    return NotEnabled;
                }

                if (provider.PausedAt is not null)
                {
                    return Paused;
                }

                if (provider.PreviewSince is null)
                {
                    provider.PreviewSince = scope.Now;
                    await SaveAsync(scope);
                    await AppendAsync(scope, origin, JournalKind.PreviewStarted, provider);
                }

                return new Completed();
            },
            RefusingOthers,
            cancellationToken
        );

    /// <summary>From here on requests take effect. What was found out is gone.</summary>
    public Task<Outcome<Completed>> EndPreviewAsync(Guid providerId, Origin origin, CancellationToken cancellationToken) =>
        ChangeAsync<Completed>(
            providerId,
            origin,
            async (scope, provider) =>
            {
                if (provider.PreviewSince is not null)
                {
                    provider.PreviewSince = null;
                    await SaveAsync(scope);
                    await AppendAsync(scope, origin, JournalKind.PreviewEnded, provider);
                }

                return new Completed();
            },
            RefusingOthers,
            cancellationToken
        );

    /// <summary>
    /// Lets SCIM rest: clients are asked to come back later, tokens stay live, and people can be edited. Pausing again changes when it ends.
    /// </summary>
    /// <param name="untilEnded">True for no end of its own; false for <see cref="PauseLasts"/> from now.</param>
    public Task<Outcome<Completed>> PauseAsync(Guid providerId, bool untilEnded, Origin origin, CancellationToken cancellationToken) =>
        ChangeAsync<Completed>(
            providerId,
            origin,
            async (scope, provider) =>
            {
                if (!provider.ScimEnabled)
                {
                    return NotEnabled;
                }

                if (provider.PreviewSince is not null)
                {
                    return InPreview;
                }

                var began = provider.PausedAt is null;
                provider.PausedAt ??= scope.Now;
                provider.PausedBy = origin.Actor.Name;
                provider.PauseEndsAt = untilEnded ? null : scope.Now + PauseLasts;
                await SaveAsync(scope);
                if (began)
                {
                    await AppendAsync(scope, origin, JournalKind.ScimPaused, provider);
                }

                return new Completed();
            },
            RefusingOthers,
            cancellationToken
        );

    /// <summary>Ends a pause. What was changed meanwhile about people whom SCIM manages is overwritten.</summary>
    /// <param name="changedHere">How many changed people were looked at; another number refuses with <see cref="RefusalKind.Stale"/>.</param>
    public Task<Outcome<Completed>> ResumeAsync(Guid providerId, int changedHere, Origin origin, CancellationToken cancellationToken) =>
        ChangeAsync<Completed>(
            providerId,
            origin,
            async (scope, provider) =>
            {
                if (!provider.ScimEnabled || provider.PausedAt is null)
                {
                    return NotPaused;
                }

                var found = await people.CountChangedHereAsync(scope, providerId);
                if (found != changedHere)
                {
                    return new Refusal(
                        RefusalKind.Stale,
                        found == 1
                            ? "Meanwhile 1 person is changed here. Look at what is overwritten, then end the pause."
                            : $"Meanwhile {found:N0} people are changed here. Look at what is overwritten, then end the pause."
                    );
                }

                await ResumeAsync(scope, provider, origin);
                return new Completed();
            },
            RefusingOthers,
            cancellationToken
        );

    /// <summary>Ends the pauses whose time has come, except where it would overwrite what somebody changed. Answers how many.</summary>
    internal Task<int> EndPausesAsync(CancellationToken cancellationToken) =>
        writePath.RunAsync(
            async scope =>
            {
                var due = await scope
                    .Database.IdentityProviders.Where(provider => provider.PauseEndsAt != null && provider.PauseEndsAt <= scope.Now)
                    .ToListAsync(CancellationToken.None);
                var ended = 0;
                foreach (var provider in due)
                {
                    if (await people.CountChangedHereAsync(scope, provider.Id) == 0)
                    {
                        await ResumeAsync(scope, provider, Origin.Of(Actor.System));
                        ended++;
                    }
                }

                return ended;
            },
            cancellationToken
        );

    private async Task ResumeAsync(WriteScope scope, IdentityProvider provider, Origin origin)
    {
        (provider.PausedAt, provider.PauseEndsAt, provider.PausedBy) = (null, null, null);
        await SaveAsync(scope);
        await people.ProjectAgainAsync(scope, provider.Id, origin);
        await AppendAsync(scope, origin, JournalKind.ScimResumed, provider);
    }

    /// <summary>Issues a further token, of which two may be live. It may do everything, or what the one in whose place it comes may.</summary>
    /// <param name="instead">
    /// A live token that was never confirmed and is revoked in the same step; null for none. A token that it was to replace is
    /// replaced by the new one.
    /// </param>
    public Task<Outcome<IssuedScimToken>> CreateTokenAsync(
        Guid providerId,
        string? instead,
        Origin origin,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync<IssuedScimToken>(
            providerId,
            origin,
            async (scope, provider) =>
            {
                if (!provider.ScimEnabled)
                {
                    return NotEnabled;
                }

                var live = await ScimTokens.LiveAsync(scope, providerId);
                if (instead is null)
                {
                    return live.Count >= ScimTokens.MostLive
                        ? TwoLive
                        : await IssueAsync(scope, provider, TokenAccess.Everything, null, origin);
                }

                if (live.Find(token => token.PublicId == instead) is not { } discarded)
                {
                    return NoToken;
                }

                var issued = await IssueAsync(scope, provider, discarded.Access, discarded.Label, origin);
                if (live.Find(token => token.ReplacedBy == instead) is { } old)
                {
                    // The rotation goes on with the new token, and ends as was chosen when it began.
                    await tokens.RotateOutAsync(scope, old, issued.PublicId, old.EndsAfterReplacementIsUsed, provider.DisplayName, origin);
                }

                await tokens.RevokeAsync(scope, discarded, provider.DisplayName, origin);
                return issued;
            },
            RefusingWithoutStepUp,
            cancellationToken
        );

    /// <summary>Issues the successor of a live token, which may do the same, and says when the old one ends.</summary>
    public Task<Outcome<IssuedScimToken>> RotateAsync(
        Guid providerId,
        string publicId,
        RotationEnd end,
        Origin origin,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync<IssuedScimToken>(
            providerId,
            origin,
            async (scope, provider) =>
            {
                if (!provider.ScimEnabled)
                {
                    return NotEnabled;
                }

                var live = await ScimTokens.LiveAsync(scope, providerId);
                if (live.Find(token => token.PublicId == publicId) is not { } old)
                {
                    return NoToken;
                }

                if (live.Count >= ScimTokens.MostLive)
                {
                    return TwoLive;
                }

                var issued = await IssueAsync(scope, provider, old.Access, old.Label, origin);
                await tokens.RotateOutAsync(scope, old, issued.PublicId, end == RotationEnd.DayAfterFirstUse, provider.DisplayName, origin);
                if (end == RotationEnd.Now)
                {
                    await tokens.RevokeAsync(scope, old, provider.DisplayName, origin);
                }

                return issued;
            },
            RefusingWithoutStepUp,
            cancellationToken
        );

    /// <summary>The administrator says that the token is stored.</summary>
    public Task<Outcome<Completed>> ConfirmTokenAsync(
        Guid providerId,
        string publicId,
        Origin origin,
        CancellationToken cancellationToken
    ) =>
        ChangeLiveAsync(
            providerId,
            publicId,
            origin,
            (scope, token, name) => tokens.ConfirmAsync(scope, token, name, origin),
            RefusingOthers,
            cancellationToken
        );

    /// <summary>Says what a live token may do, and from where, from the next request on, and what it is called.</summary>
    /// <param name="label">As <see cref="TokenLabel.Parse"/> answers it.</param>
    public Task<Outcome<Completed>> ChangeTokenAsync(
        Guid providerId,
        string publicId,
        TokenAccess access,
        string? label,
        Origin origin,
        CancellationToken cancellationToken
    ) =>
        ChangeLiveAsync(
            providerId,
            publicId,
            origin,
            (scope, token, name) => tokens.ChangeAsync(scope, token, access, label, name, origin),
            RefusingWithoutStepUp,
            cancellationToken
        );

    /// <summary>Ends a token at once and for good.</summary>
    public Task<Outcome<Completed>> RevokeTokenAsync(
        Guid providerId,
        string publicId,
        Origin origin,
        CancellationToken cancellationToken
    ) =>
        ChangeLiveAsync(
            providerId,
            publicId,
            origin,
            (scope, token, name) => tokens.RevokeAsync(scope, token, name, origin),
            RefusingWithoutStepUp,
            cancellationToken
        );

    private Task<IssuedScimToken> IssueAsync(
        WriteScope scope,
        IdentityProvider provider,
        TokenAccess access,
        string? label,
        Origin origin
    ) => tokens.IssueAsync(scope, provider.Id, provider.DisplayName, access, label, origin);

    private Task<Outcome<Completed>> ChangeLiveAsync(
        Guid providerId,
        string publicId,
        Origin origin,
        Func<WriteScope, ScimToken, string, Task> change,
        Func<WriteScope, Origin, Task<Refusal?>> refuse,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync<Completed>(
            providerId,
            origin,
            async (scope, provider) =>
            {
                var live = await ScimTokens.LiveAsync(scope, providerId);
                if (live.Find(token => token.PublicId == publicId) is not { } token)
                {
                    return NoToken;
                }

                await change(scope, token, provider.DisplayName);
                return new Completed();
            },
            refuse,
            cancellationToken
        );

    private static Task<Refusal?> RefusingOthers(WriteScope scope, Origin origin) => scope.RefuseOthersAsync(origin);

    private static Task<Refusal?> RefusingWithoutStepUp(WriteScope scope, Origin origin) => scope.RefuseWithoutStepUpAsync(origin);

    private Task<Outcome<T>> ChangeAsync<T>(
        Guid providerId,
        Origin origin,
        Func<WriteScope, IdentityProvider, Task<Outcome<T>>> change,
        Func<WriteScope, Origin, Task<Refusal?>> refuse,
        CancellationToken cancellationToken
    ) =>
        writePath.RunAsync<Outcome<T>>(
            async scope =>
            {
                if (await refuse(scope, origin) is { } refusal)
                {
                    return refusal;
                }

                var provider = await scope.Database.IdentityProviders.SingleOrDefaultAsync(
                    row => row.Id == providerId,
                    CancellationToken.None
                );
                return provider is null ? NoProvider : await change(scope, provider);
            },
            cancellationToken
        );

    private async Task TurnOffAsync(WriteScope scope, IdentityProvider provider, PeopleChoice choice, Origin origin)
    {
        if (!provider.ScimEnabled)
        {
            return;
        }

        provider.ScimEnabled = false;
        (provider.PausedAt, provider.PauseEndsAt, provider.PausedBy, provider.PreviewSince) = (null, null, null, null);
        await SaveAsync(scope);
        await AppendAsync(scope, origin, JournalKind.ScimDisabled, provider);
        await (
            choice switch
            {
                PeopleChoice.Convert => people.ConvertAsync(scope, provider.Id, provider.DisplayName, origin),
                PeopleChoice.Deactivate => people.DeactivateAsync(scope, provider.Id, provider.DisplayName, origin),
                _ => Task.CompletedTask,
            }
        );
    }

    private static async Task SaveAsync(WriteScope scope)
    {
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        await scope.TouchAsync(Concern.Providers);
    }

    private Task AppendAsync(WriteScope scope, Origin origin, string kind, IdentityProvider provider) =>
        journal.AppendAsync(scope, origin, ProviderWriter.EntryOf(kind, provider, []), ChangeTopic.Providers);
}
