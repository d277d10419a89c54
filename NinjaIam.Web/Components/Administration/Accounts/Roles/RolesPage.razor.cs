using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using RoleDirectory = NinjaIam.Core.Accounts.Roles.Roles;

namespace NinjaIam.Web.Components.Administration.Accounts.Roles;

/// <summary>The roles of technicians, or those of end users, by the address.</summary>
public sealed partial class RolesPage(RoleDirectory roles, CurrentPerson person, IDialogService dialogs, NavigationManager navigation)
    : ComponentBase
{
    public const string TechnicianAddress = "/administration/accounts/technician-roles";
    public const string EndUserAddress = "/administration/accounts/end-user-roles";

    private static readonly ChangeTopic[] Topics = [ChangeTopic.Roles, ChangeTopic.Users];
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private ListPage<RoleLine>? _list;

    private AccountKind Kind =>
        new Uri(navigation.Uri).AbsolutePath.Equals(EndUserAddress, StringComparison.OrdinalIgnoreCase)
            ? AccountKind.EndUser
            : AccountKind.Technician;

    private static string CountText(long count) => count == 1 ? RoleTexts.CountOne : Wording.Fill(RoleTexts.Count, count);

    private async Task<ListRows<RoleLine>> LoadAsync(ListQuery query, CancellationToken cancellationToken)
    {
        var page = await roles.ListAsync(
            await person.ActorAsync(),
            Kind,
            query.Search,
            new PageRequest(query.Skip, query.Size, query.Descending ? $"-{query.Sort}" : query.Sort),
            cancellationToken
        );
        return new ListRows<RoleLine>(page.Items, page.Total);
    }

    private Task RefreshAsync() => _list?.RefreshAsync() ?? Task.CompletedTask;

    private async Task AddAsync()
    {
        if (await RoleDialog.OpenAsync(dialogs, Kind, role: null))
        {
            await RefreshAsync();
        }
    }

    private async Task EditAsync(RoleLine line)
    {
        var role = await roles.FindAsync(await person.ActorAsync(), line.Id, CancellationToken.None);
        if (role is null || await RoleDialog.OpenAsync(dialogs, Kind, role))
        {
            await RefreshAsync();
        }
    }

    private async Task DeleteAsync(RoleLine line)
    {
        var confirmed = await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(RoleTexts.DeleteTitle, line.Name), RoleTexts.DeleteConfirm)
            {
                Consequences =
                [
                    line.People switch
                    {
                        0 => RoleTexts.DeleteEffectNobody,
                        1 => RoleTexts.DeleteEffectOne,
                        var people => Wording.Fill(RoleTexts.DeleteEffectMany, people),
                    },
                    RoleTexts.DeleteForGood,
                ],
                BusyText = RoleTexts.Deleting,
                Act = async _ => (await roles.DeleteAsync(line.Id, await person.OriginAsync(), CancellationToken.None)).RefusalOrNull(),
            }
        );
        if (confirmed is not null)
        {
            await RefreshAsync();
        }
    }
}
