using System.Globalization;
using MudBlazor;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Administration.Accounts.Roles;
using NinjaIam.Web.Components.Shared;
using RoleDirectory = NinjaIam.Core.Accounts.Roles.Roles;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>The roles of a person, why they have them, and those that can be given by hand.</summary>
public sealed partial class UserRoles(RoleDirectory roles, CurrentPerson current, IDialogService dialogs) : UserPart
{
    private static readonly ChangeTopic[] Topics = [ChangeTopic.Roles, ChangeTopic.Users, ChangeTopic.Groups];

    private IReadOnlyList<PersonRole> _roles = [];
    private IReadOnlyList<RoleChoice> _choices = [];
    private Refusal? _refusal;
    private string? _chosen;
    private string? _unchosen;

    private List<Option> Choices =>
        [
            .. _choices
                .Where(choice => _roles.All(role => role.RoleId != choice.Id || !role.IsByHand))
                .Select(choice => new Option(choice.Id.ToString(CultureInfo.InvariantCulture), choice.Name)),
        ];

    protected override Task OnParametersSetAsync() => ReloadAsync();

    private async Task ReloadAsync()
    {
        var actor = await current.ActorAsync();
        _roles = await roles.OfPersonAsync(actor, Person.Person.Id, CancellationToken.None);
        _choices = await roles.ChoicesAsync(actor, Person.Person.Kind, CancellationToken.None);
    }

    private async Task GiveAsync()
    {
        if (!int.TryParse(_chosen, NumberStyles.None, CultureInfo.InvariantCulture, out var role))
        {
            _unchosen = RoleTexts.ChooseFirst;
            return;
        }

        (_chosen, _unchosen) = (null, null);
        await GiveAsync(role);
    }

    private Task GiveAgainAsync(PersonRole role) => GiveAsync(role.RoleId);

    private async Task GiveAsync(int role)
    {
        var given = await roles.GiveAsync(Person.Person.Id, role, await current.OriginAsync(), CancellationToken.None);
        _refusal = given.RefusalOrNull();
        await ReloadAsync();
    }

    private async Task TakeAsync(PersonRole role)
    {
        await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(RoleTexts.TakeTitle, role.Name, Person.Person.Name), RoleTexts.TakeConfirm)
            {
                Consequences = [RoleTexts.TakeEffect],
                BusyText = RoleTexts.Taking,
                Act = async _ =>
                    (
                        await roles.TakeAsync(Person.Person.Id, role.RoleId, await current.OriginAsync(), CancellationToken.None)
                    ).RefusalOrNull(),
            }
        );
        await ReloadAsync();
    }
}
