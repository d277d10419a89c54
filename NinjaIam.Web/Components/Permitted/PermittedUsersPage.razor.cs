using System.Globalization;
using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Permitted;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Administration.Accounts.Users;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Permitted;

/// <summary>The people whom somebody's roles let them view.</summary>
public sealed partial class PermittedUsersPage(
    PermittedPeople people,
    PermittedOrganizations organizations,
    OwnAccount account,
    CurrentPerson current,
    NavigationManager navigation
) : ComponentBase
{
    private IReadOnlyList<ListFilter>? _filters;
    private ListPage<PermittedPerson>? _list;
    private bool _mayExport;

    private string ExportAddress => PermittedExportEndpoint.Path + new Uri(navigation.Uri).Query;

    internal static string OrganizationsOf(PermittedPerson person) =>
        person.AllOrganizations ? UserTexts.AllOrganizations
        : person.Organizations.Count == 0 ? SharedTexts.NothingToShow
        : string.Join(", ", person.Organizations);

    protected override async Task OnInitializedAsync()
    {
        var choices = await current.FindActorAsync() is { } actor ? await organizations.ChoicesAsync(actor, CancellationToken.None) : [];
        _filters =
        [
            new ListFilter(
                PeopleAddress.Status,
                UserTexts.FilterStatus,
                [.. PeopleAddress.States.Select(state => new Option(state.Key, PersonWords.Of(state.Value).Word))]
            ),
            .. choices.Count == 0
                ? Array.Empty<ListFilter>()
                :
                [
                    new ListFilter(
                        PeopleAddress.Organization,
                        UserTexts.FilterOrganization,
                        [.. choices.Select(choice => new Option(choice.Id.ToString(CultureInfo.InvariantCulture), choice.Name))]
                    ),
                ],
        ];
    }

    private static string CountText(long count) => count == 1 ? UserTexts.CountOne : Wording.Fill(UserTexts.Count, count);

    private async Task<ListRows<PermittedPerson>> LoadAsync(ListQuery query, CancellationToken cancellationToken)
    {
        var filter =
            PermittedExportEndpoint.FilterOf(name => name == PeopleAddress.Search ? query.Search : query.Filter(name))
            ?? throw new InvalidOperationException("A list has only filters that it offers.");
        var page = await people.ListAsync(
            await current.ActorAsync(),
            filter,
            new PageRequest(query.Skip, query.Size, query.Descending ? $"-{query.Sort}" : query.Sort),
            cancellationToken
        );
        return new ListRows<PermittedPerson>(page.Items, page.Total);
    }

    private async Task RefreshAsync()
    {
        _mayExport =
            await current.FindActorAsync() is { } actor
            && await account.FindAsync(actor, CancellationToken.None) is { } me
            && me.May(PermissionKind.Export);
        await (_list?.RefreshAsync() ?? Task.CompletedTask);
    }
}
