using MudBlazor;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>What can be done about signing in by a provider, with its questions. Each act asks for a step-up and ends when its dialog is closed.</summary>
public sealed class SingleSignOnActions(IDialogService dialogs, SingleSignOnConnections connections, CurrentPerson person)
{
    /// <summary>Asks, and lets people sign in by the provider. Without a test that passed it says what that means.</summary>
    public Task EnableAsync(ProviderDetails provider)
    {
        var isTested = provider.TestedAt is not null;
        return ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(
                Wording.Fill(SignOnTexts.EnableTitle, provider.DisplayName),
                isTested ? SignOnTexts.Enable : SignOnTexts.EnableUntested
            )
            {
                Consequences = isTested ? [SignOnTexts.EnableEffect] : [SignOnTexts.NotTested, SignOnTexts.EnableEffect],
                Dangerous = !isTested,
                StepUp = true,
                BusyText = SignOnTexts.Enabling,
                Act = async _ =>
                    RefusalOf(
                        await connections.EnableAsync(
                            provider.Id,
                            withoutTest: !isTested,
                            await person.OriginAsync(),
                            CancellationToken.None
                        )
                    ),
            }
        );
    }

    /// <summary>Asks, naming how many people would have no way in, and ends signing in by the provider.</summary>
    public async Task DisableAsync(ProviderDetails provider)
    {
        var stranded = await connections.WithoutOtherWayInAsync(await person.ActorAsync(), provider.Id, CancellationToken.None);
        await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(SignOnTexts.DisableTitle, provider.DisplayName), SignOnTexts.Disable)
            {
                Consequences =
                [
                    stranded switch
                    {
                        0 => SignOnTexts.StrandsNobody,
                        1 => SignOnTexts.StrandsOne,
                        _ => Wording.Fill(SignOnTexts.Strands, stranded),
                    },
                    SignOnTexts.DisableUndo,
                ],
                StepUp = true,
                BusyText = SignOnTexts.Disabling,
                Act = async _ => RefusalOf(await connections.DisableAsync(provider.Id, await person.OriginAsync(), CancellationToken.None)),
            }
        );
    }

    /// <summary>Asks, and changes how people sign in by the provider. Answers whether it was done.</summary>
    public async Task<bool> ChangeAsync(ProviderDetails provider, SingleSignOnChoices choices) =>
        await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(SignOnTexts.ChangeTitle, provider.DisplayName), SignOnTexts.Change)
            {
                Consequences = choices.AllowsUnsolicited
                    ? [SignOnTexts.ChangeEffect, SignOnTexts.UnsolicitedRisk]
                    : [SignOnTexts.ChangeEffect],
                Dangerous = false,
                StepUp = true,
                BusyText = SharedTexts.Saving,
                Act = async _ =>
                    RefusalOf(await connections.ChangeAsync(provider.Id, choices, await person.OriginAsync(), CancellationToken.None)),
            }
        )
            is not null;

    private static Refusal? RefusalOf(Outcome<Completed> outcome) => outcome.RefusalOrNull();
}
