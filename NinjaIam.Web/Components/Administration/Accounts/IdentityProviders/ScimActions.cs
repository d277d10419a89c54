using MudBlazor;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using Origin = NinjaIam.Core.Journal.Origin;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>What can be done about a provider's SCIM connection, with its questions and dialogs. Each act ends when its dialog is closed.</summary>
public sealed class ScimActions(
    IDialogService dialogs,
    ScimConnections connections,
    People people,
    ManagedPeople managed,
    ProviderRemoval removal,
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

    /// <summary>Says what a token is called and may do, and from where.</summary>
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
                StepUp = true,
                BusyText = ScimTexts.Revoking,
                Act = async _ =>
                    RefusalOf(
                        await connections.RevokeTokenAsync(provider.Id, token.PublicId, await person.OriginAsync(), CancellationToken.None)
                    ),
            }
        );
    }

    /// <summary>Asks, naming how many people it concerns, and disables SCIM. Answers whether it was done.</summary>
    public Task<bool> DisableAsync(ProviderDetails provider) =>
        TurnOffAsync(
            provider,
            new Confirmation(Wording.Fill(ScimTexts.DisableTitle, provider.DisplayName), ScimTexts.DisableConfirm)
            {
                BusyText = ScimTexts.Disabling,
            },
            connections.DisableAsync
        );

    /// <summary>Asks, naming how many people it concerns, and turns the whole provider off.</summary>
    public Task DisableProviderAsync(ProviderDetails provider) =>
        TurnOffAsync(
            provider,
            new Confirmation(Wording.Fill(ScimTexts.DisableProviderTitle, provider.DisplayName), ScimTexts.DisableProviderConfirm)
            {
                Consequences = [Wording.Fill(ScimTexts.DisableProviderEffect, provider.DisplayName)],
                BusyText = ScimTexts.DisablingProvider,
            },
            connections.DisableProviderAsync
        );

    public Task EnableProviderAsync(ProviderDetails provider) =>
        ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(ScimTexts.EnableProviderTitle, provider.DisplayName), ScimTexts.EnableProviderConfirm)
            {
                Consequences = [ScimTexts.EnableProviderEffect],
                Dangerous = false,
                BusyText = ScimTexts.EnablingProvider,
                Act = async _ =>
                    RefusalOf(await connections.EnableProviderAsync(provider.Id, await person.OriginAsync(), CancellationToken.None)),
            }
        );

    /// <summary>Asks for the provider's name and what becomes of its people, and deletes it. Answers whether it was done.</summary>
    public async Task<bool> DeleteProviderAsync(ProviderDetails provider)
    {
        var concerned = await CountPeopleAsync(provider);
        var answer = await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(ScimTexts.DeleteProviderTitle, provider.DisplayName), ScimTexts.DeleteProviderConfirm)
            {
                Consequences =
                [
                    Wording.Fill(ScimTexts.DeleteProviderEffect, provider.Groups),
                    Wording.Fill(
                        concerned switch
                        {
                            0 => ScimTexts.DeleteProviderPeopleNone,
                            1 => ScimTexts.DeleteProviderPeopleOne,
                            _ => ScimTexts.DeleteProviderPeople,
                        },
                        concerned,
                        provider.DisplayName
                    ),
                    ScimTexts.DeleteProviderUndo,
                ],
                ChoicesLabel = concerned == 0 ? null : ScimTexts.DeleteProviderChoices,
                Choices =
                    concerned == 0
                        ? []
                        :
                        [
                            new Option(nameof(PeopleChoice.Convert), ScimTexts.DeleteProviderConvert),
                            new Option(nameof(PeopleChoice.Deactivate), ScimTexts.DeleteProviderDeactivate),
                        ],
                TypedName = provider.DisplayName,
                StepUp = true,
                BusyText = ScimTexts.DeletingProvider,
                Act = async choice =>
                    RefusalOf(
                        await removal.DeleteAsync(
                            provider.Id,
                            ChoiceOf(choice, PeopleChoice.Convert),
                            await person.OriginAsync(),
                            CancellationToken.None
                        )
                    ),
            }
        );
        return answer is not null;
    }

    /// <summary>Shows what would become of the people of a file.</summary>
    public Task EvaluateFileAsync(ProviderDetails provider) => PreviewFileDialog.ShowAsync(dialogs, provider);

    public Task StartPreviewAsync(ProviderDetails provider) =>
        ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(PreviewTexts.StartTitle, provider.DisplayName), PreviewTexts.Start)
            {
                Consequences = [PreviewTexts.StartEffect, PreviewTexts.StartList],
                Dangerous = false,
                BusyText = PreviewTexts.Starting,
                Act = async _ =>
                    RefusalOf(await connections.StartPreviewAsync(provider.Id, await person.OriginAsync(), CancellationToken.None)),
            }
        );

    public Task EndPreviewAsync(ProviderDetails provider) =>
        ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(PreviewTexts.EndTitle, provider.DisplayName), PreviewTexts.End)
            {
                Consequences = [PreviewTexts.EndEffect, PreviewTexts.EndList],
                Dangerous = false,
                BusyText = PreviewTexts.Ending,
                Act = async _ =>
                    RefusalOf(await connections.EndPreviewAsync(provider.Id, await person.OriginAsync(), CancellationToken.None)),
            }
        );

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

    private async Task<bool> TurnOffAsync(
        ProviderDetails provider,
        Confirmation question,
        Func<Guid, PeopleChoice, Origin, CancellationToken, Task<Outcome<Completed>>> turnOff
    )
    {
        // Where SCIM is off, nobody is managed now.
        var concerned = provider.ScimEnabled ? await CountPeopleAsync(provider) : 0;
        var answer = await ConfirmDialog.AskAsync(
            dialogs,
            question with
            {
                StepUp = true,
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
                    .. question.Consequences,
                    .. provider.ScimEnabled
                        ? (string[])
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
                            ]
                        : [],
                    .. provider.LiveTokens.Count switch
                    {
                        0 => Array.Empty<string>(),
                        1 => [ScimTexts.DisableTokensOne],
                        _ => [ScimTexts.DisableTokensTwo],
                    },
                ],
                Act = async choice =>
                    RefusalOf(
                        await turnOff(provider.Id, ChoiceOf(choice, PeopleChoice.Keep), await person.OriginAsync(), CancellationToken.None)
                    ),
            }
        );
        return answer is not null;
    }

    private async Task<int> CountPeopleAsync(ProviderDetails provider) =>
        await people.CountAsync(await person.ActorAsync(), new PeopleFilter { ProviderId = provider.Id }, CancellationToken.None);

    private static PeopleChoice ChoiceOf(string? chosen, PeopleChoice otherwise) =>
        Enum.TryParse<PeopleChoice>(chosen, out var choice) ? choice : otherwise;

    private static Refusal? RefusalOf(Outcome<Completed> outcome) => outcome.RefusalOrNull();
}
