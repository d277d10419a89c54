using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning.Leaving;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>Very many people who left at once, and what can be done about it; nothing when nobody did.</summary>
public sealed partial class MassDepartureCard(MassDepartures departures, IDialogService dialogs, CurrentPerson person, PersonClock clock)
    : ComponentBase
{
    private static readonly ChangeTopic[] Watched = [ChangeTopic.Users];
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private IReadOnlyList<OpenDeparture> _open = [];
    private Refusal? _refusal;
    private string? _outcome;

    [Parameter, EditorRequired]
    public required ProviderDetails Provider { get; set; }

    private string TextOf(MassDeparture departure) =>
        departure.IsHeld
            ? Wording.Fill(AdoptionTexts.LeavingHeldText, Provider.DisplayName, departure.People, departure.Managed)
            : Wording.Fill(
                AdoptionTexts.LeavingText,
                Provider.DisplayName,
                departure.People,
                departure.Managed,
                Wording.Full(departure.Since, clock)
            );

    private async Task ReloadAsync() => _open = await departures.OpenAsync(await person.ActorAsync(), Provider.Id, CancellationToken.None);

    private async Task RestoreAsync(MassDeparture departure)
    {
        (_refusal, _outcome) = (null, null);
        await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(AdoptionTexts.RestoreTitle, departure.People), AdoptionTexts.Restore)
            {
                Consequences =
                [
                    Wording.Fill(AdoptionTexts.RestoreEffect, Provider.DisplayName),
                    Wording.Fill(AdoptionTexts.RestoreGroups, Provider.DisplayName),
                ],
                Dangerous = false,
                BusyText = AdoptionTexts.Restoring,
                Act = async _ =>
                    (await departures.RestoreAsync(departure.Id, await person.OriginAsync(), CancellationToken.None)).Match<Refusal?>(
                        done =>
                        {
                            _outcome =
                                done.Refused == 0
                                    ? Wording.Fill(AdoptionTexts.RestoreDone, done.People)
                                    : Wording.Fill(AdoptionTexts.RestoreDoneRefused, done.People, done.Refused);
                            return null;
                        },
                        refusal => refusal
                    ),
            }
        );
        await ReloadAsync();
    }

    private async Task ApproveAsync(MassDeparture departure)
    {
        var outcome = await departures.ApproveAsync(departure.Id, await person.OriginAsync(), CancellationToken.None);
        (_refusal, _outcome) = (outcome.RefusalOrNull(), null);
        await ReloadAsync();
    }
}
