using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Activities;
using NinjaIam.Web.Components.Profile;
using NinjaIam.Web.Components.Shared;
using Origin = NinjaIam.Core.Journal.Origin;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>One person: what is known about them, who decides it, and what happened.</summary>
public sealed partial class UserPage(
    People people,
    PersonAccess access,
    AdministratorRights rights,
    PersonRemoval removal,
    SecondFactors factors,
    PersonEditing editing,
    ManagedPeople managed,
    Providers providers,
    IDialogService dialogs,
    CurrentPerson current,
    PersonClock clock
) : ComponentBase
{
    private static readonly ChangeTopic[] Topics =
    [
        ChangeTopic.Users,
        ChangeTopic.Groups,
        ChangeTopic.Roles,
        ChangeTopic.Organizations,
        ChangeTopic.Providers,
    ];
    private static readonly IReadOnlyList<Crumb> Crumbs =
    [
        new(UserTexts.Administration),
        new(UserTexts.Accounts),
        new(UserTexts.AllUsers, "/administration/accounts/users"),
    ];

    private PersonDetails? _person;
    private ProviderChoice? _provider;
    private IReadOnlyList<ChangedHereValue> _changedHere = [];
    private Refusal? _refusal;
    private LiveContent? _content;
    private bool _locked;

    [Parameter]
    public Guid Id { get; set; }

    private async Task LoadAsync()
    {
        var actor = await current.ActorAsync();
        var found = await people.FindAsync(actor, Id, CancellationToken.None);
        _provider = found?.Person.ProviderId is { } provider
            ? (await providers.ChoicesAsync(actor, CancellationToken.None)).FirstOrDefault(choice => choice.Id == provider)
            : null;
        _changedHere = found?.Person.ProviderId is { } owner ? await managed.ChangedOfAsync(actor, owner, Id, CancellationToken.None) : [];
        _locked = await editing.FindAsync(actor, Id, CancellationToken.None) is { Locks.Names: true };
        _person = found;
    }

    private Task RefreshAsync() => _content?.RefreshAsync() ?? Task.CompletedTask;

    private async Task EditAsync(PersonDetails person)
    {
        _refusal = null;
        await PersonDialog.ShowAsync(dialogs, person);
        await RefreshAsync();
    }

    private async Task InviteAsync(PersonDetails person)
    {
        _refusal = null;
        await InviteDialog.ShowAsync(dialogs, Id, person.Person.Name);
        await RefreshAsync();
    }

    private async Task ResetPasswordAsync(PersonDetails person)
    {
        _refusal = null;
        await InviteDialog.ShowAsync(dialogs, Id, person.Person.Name, resets: true);
        await RefreshAsync();
    }

    private async Task BlockAsync(PersonDetails person)
    {
        _refusal = null;
        await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(UserTexts.BlockTitle, person.Person.Name), UserTexts.Block)
            {
                Consequences =
                [
                    UserTexts.BlockEffect,
                    _provider is { } provider ? Wording.Fill(UserTexts.BlockWins, provider.DisplayName) : UserTexts.BlockStays,
                ],
                BusyText = SharedTexts.Saving,
                Act = async _ => (await access.BlockAsync(Id, await current.OriginAsync(), CancellationToken.None)).RefusalOrNull(),
            }
        );
        await RefreshAsync();
    }

    private Task MakeAdministratorAsync(PersonDetails person) =>
        AskAsync(
            new Confirmation(Wording.Fill(UserTexts.MakeAdministratorTitle, person.Person.Name), UserTexts.MakeAdministrator)
            {
                Consequences =
                [
                    UserTexts.MakeAdministratorEffect,
                    UserTexts.MakeAdministratorRoles,
                    .. person.Person.ProviderId is null ? (string[])[] : [UserTexts.MakeAdministratorManaged],
                ],
                StepUp = true,
            },
            rights.MakeAsync
        );

    private Task UnmakeAdministratorAsync(PersonDetails person) =>
        AskAsync(
            new Confirmation(Wording.Fill(UserTexts.UnmakeAdministratorTitle, person.Person.Name), UserTexts.UnmakeAdministrator)
            {
                Consequences = [Wording.Fill(UserTexts.UnmakeAdministratorEffect, person.Person.Name)],
                StepUp = true,
            },
            rights.TakeAsync
        );

    private Task ResetSecondFactorAsync(PersonDetails person) =>
        AskAsync(
            new Confirmation(Wording.Fill(UserTexts.ResetSecondFactorTitle, person.Person.Name), UserTexts.ResetSecondFactor)
            {
                Consequences =
                [
                    Wording.Fill(UserTexts.ResetSecondFactorEffect, person.Person.Name),
                    person.Person.Kind == AccountKind.SystemAdministrator
                        ? UserTexts.ResetSecondFactorAdministrator
                        : UserTexts.ResetSecondFactorOthers,
                ],
                StepUp = true,
            },
            factors.ResetAsync
        );

    private Task DeleteAsync(PersonDetails person) =>
        AskAsync(
            new Confirmation(Wording.Fill(UserTexts.DeleteTitle, person.Person.Name), UserTexts.DeleteConfirm)
            {
                Consequences = [Wording.Fill(UserTexts.DeleteEffect, person.Person.Name), UserTexts.DeleteUndo],
            },
            removal.DeleteAsync
        );

    private async Task RestoreAsync(PersonDetails person)
    {
        var outcome = await removal.RestoreAsync(person.Person.Id, await current.OriginAsync(), CancellationToken.None);
        _refusal = outcome.RefusalOrNull();
        await RefreshAsync();
    }

    private async Task AskAsync(Confirmation question, Func<Guid, Origin, CancellationToken, Task<Outcome<Completed>>> act)
    {
        _refusal = null;
        await ConfirmDialog.AskAsync(
            dialogs,
            question with
            {
                BusyText = SharedTexts.Saving,
                Act = async _ => (await act(Id, await current.OriginAsync(), CancellationToken.None)).RefusalOrNull(),
            }
        );
        await RefreshAsync();
    }

    private async Task UnblockAsync(PersonDetails person)
    {
        var outcome = await access.UnblockAsync(person.Person.Id, await current.OriginAsync(), CancellationToken.None);
        _refusal = outcome.RefusalOrNull();
        await RefreshAsync();
    }

    private List<PageTab> Tabs(PersonDetails person)
    {
        List<PageTab> tabs = [new("profile", UserTexts.TabProfile, Part<UserProfile>(person))];
        if (person.Person.ProviderId is not null)
        {
            tabs.Add(new PageTab("groups", UserTexts.TabGroups, Part<UserGroups>(person)));
        }

        if (person.Person.Kind != AccountKind.SystemAdministrator)
        {
            tabs.Add(new PageTab("roles", UserTexts.TabRoles, Part<UserRoles>(person)));
        }

        tabs.Add(new PageTab("sessions", UserTexts.TabSessions, Sessions(person)));
        tabs.Add(new PageTab("activities", UserTexts.TabActivities, Activities(person)));
        if (person.Document is not null)
        {
            tabs.Add(new PageTab("scim", UserTexts.TabScim, Part<UserScimDocument>(person)));
        }

        return tabs;
    }

    private RenderFragment Part<TPart>(PersonDetails person)
        where TPart : UserPart =>
        builder =>
        {
            builder.OpenComponent<TPart>(0);
            builder.AddComponentParameter(1, nameof(UserPart.Person), person);
            builder.AddComponentParameter(2, nameof(UserPart.Provider), _provider);
            builder.AddComponentParameter(3, nameof(UserPart.IsLocked), _locked);
            builder.AddComponentParameter(4, nameof(UserPart.ChangedHere), _changedHere);
            builder.CloseComponent();
        };

    private static RenderFragment Sessions(PersonDetails person) =>
        builder =>
        {
            builder.OpenComponent<SessionsCard>(0);
            builder.SetKey(person.Person.Id);
            builder.AddComponentParameter(1, nameof(SessionsCard.AccountId), person.Person.Id);
            builder.AddComponentParameter(2, nameof(SessionsCard.Name), person.Person.Name);
            builder.CloseComponent();
        };

    private static RenderFragment Activities(PersonDetails person) =>
        builder =>
        {
            builder.OpenComponent<ActivityList>(0);
            builder.SetKey(person.Person.Id);
            builder.AddComponentParameter(1, nameof(ActivityList.ResourceId), person.Person.Id.ToString("D"));
            builder.CloseComponent();
        };
}
