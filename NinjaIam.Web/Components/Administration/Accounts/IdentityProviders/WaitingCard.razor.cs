using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning.Adoption;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using Origin = NinjaIam.Core.Journal.Origin;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>The people kept by hand about whom an administrator decides whether the provider takes them over; nothing when nobody waits.</summary>
public sealed partial class WaitingCard(Adoptions adoptions, IDialogService dialogs, CurrentPerson person) : ComponentBase
{
    private const int PeopleAtOnce = 25;

    private static readonly ChangeTopic[] Watched = [ChangeTopic.Users];
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private IReadOnlyList<WaitingPerson> _people = [];
    private Refusal? _refusal;
    private int _total;

    [Parameter, EditorRequired]
    public required ProviderDetails Provider { get; set; }

    private Task ReloadAsync() => ReadAsync(Math.Max(PeopleAtOnce, _people.Count));

    private Task MoreAsync() => ReadAsync(_people.Count + PeopleAtOnce);

    private async Task ReadAsync(int count)
    {
        var page = await adoptions.ListWaitingAsync(
            await person.ActorAsync(),
            Provider.Id,
            new PageRequest(0, count),
            CancellationToken.None
        );
        (_people, _total) = (page.Items, page.Total);
    }

    private Task ApproveAsync(WaitingPerson waiting) =>
        AskAsync(
            Wording.Fill(AdoptionTexts.ApproveTitle, Provider.DisplayName, waiting.Name),
            AdoptionTexts.Approve,
            async origin => await adoptions.DecideAsync(Provider.Id, waiting.Id, isApproved: true, origin, CancellationToken.None)
        );

    private Task ApproveAllAsync()
    {
        var waiting = _total;
        return AskAsync(
            Wording.Fill(AdoptionTexts.ApproveAllTitle, Provider.DisplayName, waiting),
            Wording.Fill(AdoptionTexts.ApproveAll, waiting),
            async origin => await adoptions.DecideAllAsync(Provider.Id, waiting, isApproved: true, origin, CancellationToken.None)
        );
    }

    private async Task AskAsync(string title, string confirm, Func<Origin, Task<Outcome<Completed>>> decide)
    {
        _refusal = null;
        await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(title, confirm)
            {
                Consequences = [AdoptionTexts.ApproveEffect, AdoptionTexts.ApproveKeeps, AdoptionTexts.ApproveUndo],
                Dangerous = false,
                BusyText = SharedTexts.Saving,
                Act = async _ => RefusalOf(await decide(await person.OriginAsync())),
            }
        );
        await ReloadAsync();
    }

    private async Task DecideAsync(WaitingPerson waiting, bool isApproved)
    {
        _refusal = RefusalOf(
            await adoptions.DecideAsync(Provider.Id, waiting.Id, isApproved, await person.OriginAsync(), CancellationToken.None)
        );
        await ReloadAsync();
    }

    private static Refusal? RefusalOf(Outcome<Completed> outcome) => outcome.RefusalOrNull();
}
