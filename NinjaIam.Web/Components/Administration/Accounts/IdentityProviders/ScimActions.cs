using MudBlazor;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>What can be done about a provider's SCIM connection, with its questions and dialogs. Each act ends when its dialog is closed.</summary>
public sealed class ScimActions(
    IDialogService dialogs,
    ScimConnections connections,
    People people,
    ManagedPeople managed,
    CurrentPerson person
)
{
    private const string UntilLater = "later";
    private const string UntilEnded = "ended";

    /// <summary>The SCIM dialog: the toggle, and the live tokens while it is on.</summary>
    public Task OpenAsync(ProviderDetails provider) => ScimDialog.ShowAsync(dialogs, provider, createsToken: false, instead: null);

    /// <summary>Creates a token and shows it once.</summary>
    /// <param name="instead">A token that was never confirmed and is revoked in the same step.</param>
    public Task CreateTokenAsync(ProviderDetails provider, string? instead = null) =>
        ScimDialog.ShowAsync(dialogs, provider, createsToken: true, instead);

    public Task RotateAsync(ProviderDetails provider, TokenView token) => RotateDialog.ShowAsync(dialogs, provider, token);

    /// <summary>Says what a token may do, and from where.</summary>
    public Task LimitAsync(ProviderDetails provider, TokenView token) => TokenAccessDialog.ShowAsync(dialogs, provider, token);

    /// <summary>Asks, and ends a token for good. The last live one asks for the provider's name.</summary>
    public Task RevokeAsync(ProviderDetails provider, TokenView token)
    {
        var isLast = provider.LiveTokens.All(other => other.PublicId == token.PublicId);
        return ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(ScimTexts.RevokeTitle, token.Shown), ScimTexts.RevokeConfirm)
            {
                Consequences =
                [
                    ScimTexts.RevokeText,
                    isLast ? Wording.Fill(ScimTexts.RevokeLast, provider.DisplayName) : ScimTexts.RevokeOther,
                ],
                TypedName = isLast ? provider.DisplayName : null,
                BusyText = ScimTexts.Revoking,
                Act = async _ =>
                    RefusalOf(
                        await connections.RevokeTokenAsync(provider.Id, token.PublicId, await person.OriginAsync(), CancellationToken.None)
                    ),
            }
        );
    }

    /// <summary>Asks, naming how many people it concerns, and disables SCIM. Answers whether it was done.</summary>
    public async Task<bool> DisableAsync(ProviderDetails provider)
    {
        var concerned = await people.CountAsync(
            await person.ActorAsync(),
            new PeopleFilter { ProviderId = provider.Id },
            CancellationToken.None
        );
        var answer = await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(ScimTexts.DisableTitle, provider.DisplayName), ScimTexts.DisableConfirm)
            {
                ChoicesLabel = concerned == 0 ? null : ScimTexts.DisableChoices,
                Choices =
                    concerned == 0
                        ? []
                        :
                        [
                            new Option(nameof(PeopleChoice.Keep), ScimTexts.DisableKeep),
                            new Option(nameof(PeopleChoice.Convert), ScimTexts.DisableConvert),
                            new Option(nameof(PeopleChoice.Deactivate), ScimTexts.DisableDeactivate),
                        ],
                Consequences =
                [
                    Wording.Fill(
                        concerned switch
                        {
                            0 => ScimTexts.DisablePeopleNone,
                            1 => ScimTexts.DisablePeopleOne,
                            _ => ScimTexts.DisablePeople,
                        },
                        concerned,
                        provider.DisplayName
                    ),
                    .. provider.LiveTokens.Count switch
                    {
                        0 => Array.Empty<string>(),
                        1 => [ScimTexts.DisableTokensOne],
                        _ => [ScimTexts.DisableTokensTwo],
                    },
                ],
                BusyText = ScimTexts.Disabling,
                Act = async choice =>
                    RefusalOf(
                        await connections.DisableAsync(
                            provider.Id,
                            Enum.TryParse<PeopleChoice>(choice, out var chosen) ? chosen : PeopleChoice.Keep,
                            await person.OriginAsync(),
                            CancellationToken.None
                        )
                    ),
            }
        );
        return answer is not null;
    }

    /// <summary>Asks for how long, and lets SCIM rest.</summary>
    public Task PauseAsync(ProviderDetails provider) =>
        ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(ScimTexts.PauseTitle, provider.DisplayName), ScimTexts.Pause)
            {
                Consequences = [ScimTexts.PauseEffect, ScimTexts.PauseEdits],
                ChoicesLabel = ScimTexts.PauseChoices,
                Choices = [new Option(UntilLater, ScimTexts.PauseHours), new Option(UntilEnded, ScimTexts.PauseUntilEnded)],
                Dangerous = false,
                BusyText = ScimTexts.Pausing,
                Act = async choice =>
                    RefusalOf(
                        await connections.PauseAsync(provider.Id, choice == UntilEnded, await person.OriginAsync(), CancellationToken.None)
                    ),
            }
        );

    /// <summary>Asks, naming how many people are overwritten, and lets SCIM go on.</summary>
    public async Task ResumeAsync(ProviderDetails provider)
    {
        var changed = await managed.ListChangedHereAsync(
            await person.ActorAsync(),
            provider.Id,
            new PageRequest(0, 1),
            CancellationToken.None
        );
        await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(ScimTexts.ResumeTitle, provider.DisplayName), ScimTexts.Resume)
            {
                Consequences =
                [
                    ScimTexts.ResumeEffect,
                    changed.Total switch
                    {
                        0 => ScimTexts.ResumeNothing,
                        1 => ScimTexts.ResumeOverwritesOne,
                        _ => Wording.Fill(ScimTexts.ResumeOverwrites, changed.Total),
                    },
                ],
                Dangerous = changed.Total > 0,
                BusyText = ScimTexts.Resuming,
                Act = async _ =>
                    RefusalOf(
                        await connections.ResumeAsync(provider.Id, changed.Total, await person.OriginAsync(), CancellationToken.None)
                    ),
            }
        );
    }

    /// <summary>Brings back the people who were deactivated when SCIM was disabled.</summary>
    public async Task<Refusal?> ReactivateAsync(DeactivatedTogether deactivated) =>
        RefusalOf(await managed.ReactivateAsync(deactivated.Batch, await person.OriginAsync(), CancellationToken.None));

    private static Refusal? RefusalOf(Outcome<Completed> outcome) => outcome.Match<Refusal?>(_ => null, refusal => refusal);
}
