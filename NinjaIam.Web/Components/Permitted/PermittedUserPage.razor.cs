using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Permitted;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Administration.Accounts.Users;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Permitted;

/// <summary>One person as somebody sees them whose roles let them, and what these roles let them do there.</summary>
public sealed partial class PermittedUserPage(
    PermittedPeople people,
    PermittedGroups groups,
    PermittedActivities activities,
    PersonAccess access,
    CurrentPerson current,
    IDialogService dialogs
) : ComponentBase
{
    private const int MostActivities = 50;

    private static readonly IReadOnlyList<Crumb> Crumbs = [new(PermittedTexts.Users, "/users")];

    private PermittedPersonDetails? _person;
    private Page<MembershipLine> _groups = new([], 0);
    private IReadOnlyList<Activity> _activities = [];
    private Refusal? _refusal;
    private LiveContent? _content;

    [Parameter]
    public Guid Id { get; set; }

    private async Task LoadAsync()
    {
        if (await current.FindActorAsync() is not { } actor)
        {
            return;
        }

        _person = await people.FindAsync(actor, Id, CancellationToken.None);
        _groups = await groups.OfPersonAsync(actor, Id, new PageRequest(0, PageRequest.MostRows), CancellationToken.None);
        _activities = await activities.OfPersonAsync(actor, Id, MostActivities, CancellationToken.None);
    }

    private Task RefreshAsync() => _content?.RefreshAsync() ?? Task.CompletedTask;

    private async Task BlockAsync(PermittedPersonDetails person)
    {
        _refusal = null;
        await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(UserTexts.BlockTitle, person.Person.Name), UserTexts.Block)
            {
                Consequences =
                [
                    UserTexts.BlockEffect,
                    person.ProviderName is { } provider ? Wording.Fill(UserTexts.BlockWins, provider) : PermittedTexts.BlockStays,
                ],
                BusyText = SharedTexts.Saving,
                Act = async _ => (await access.BlockAsync(Id, await current.OriginAsync(), CancellationToken.None)).RefusalOrNull(),
            }
        );
        await RefreshAsync();
    }

    private async Task UnblockAsync()
    {
        var outcome = await access.UnblockAsync(Id, await current.OriginAsync(), CancellationToken.None);
        _refusal = outcome.RefusalOrNull();
        await RefreshAsync();
    }
}
