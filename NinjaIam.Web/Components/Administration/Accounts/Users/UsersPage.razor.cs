using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using OrganizationDirectory = NinjaIam.Core.Accounts.Organizations;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>Everybody in the installation, however they came.</summary>
public sealed partial class UsersPage(
    People people,
    Providers providers,
    OrganizationDirectory organizations,
    DirectoryQueries directory,
    CurrentPerson person,
    NavigationManager navigation,
    IDialogService dialogs
) : ComponentBase
{
    private static readonly ChangeTopic[] Topics = [ChangeTopic.Users, ChangeTopic.Groups, ChangeTopic.Roles];
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private IReadOnlyList<ProviderChoice> _providers = [];
    private IReadOnlyList<ListFilter>? _filters;
    private ListPage<PersonLine>? _list;

    /// <summary>A group whose members are wanted. It is offered as a filter only where the address names one: there may be very many.</summary>
    [SupplyParameterFromQuery]
    public string? Group { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var actor = await person.ActorAsync();
        _providers = await providers.ChoicesAsync(actor, CancellationToken.None);
        var group = Guid.TryParse(Group, out var id) ? await directory.FindGroupAsync(actor, id, CancellationToken.None) : null;
        var choices = await organizations.ChoicesAsync(actor, CancellationToken.None);
        _filters =
        [
            new ListFilter(
                PeopleAddress.Status,
                UserTexts.FilterStatus,
                [.. PeopleAddress.States.Select(state => new Option(state.Key, PersonWords.Of(state.Value).Word))]
            ),
            new ListFilter(
                PeopleAddress.Kind,
                UserTexts.FilterType,
                [.. PeopleAddress.Kinds.Select(kind => new Option(kind.Key, PersonWords.Of(kind.Value)))]
            ),
            new ListFilter(PeopleAddress.Role, UserTexts.FilterRole, [new Option(PeopleAddress.WithoutRole, UserTexts.WithoutRole)]),
            new ListFilter(
                PeopleAddress.Provider,
                UserTexts.FilterSource,
                [
                    new Option(PeopleAddress.Manual, UserTexts.SourceManual),
                    new Option(PeopleAddress.Imported, UserTexts.SourceImport),
                    .. _providers.Select(provider => new Option(
                        provider.UniqueIdentifier,
                        Wording.Fill(UserTexts.SourceScim, provider.DisplayName)
                    )),
                ]
            ),
            new ListFilter(
                PeopleAddress.Organization,
                UserTexts.FilterOrganization,
                [.. choices.Select(choice => new Option(choice.Id.ToString(CultureInfo.InvariantCulture), choice.Name))]
            ),
            .. group is null
                ? Array.Empty<ListFilter>()
                : [new ListFilter(PeopleAddress.Group, UserTexts.FilterGroup, [new Option(group.Group.Id.ToString(), group.Group.Name)])],
        ];
    }

    private static string CountText(long count) => count == 1 ? UserTexts.CountOne : Wording.Fill(UserTexts.Count, count);

    private string ExportAddress => PeopleExportEndpoint.Path + new Uri(navigation.Uri).Query;

    private async Task<ListRows<PersonLine>> LoadAsync(ListQuery query, CancellationToken cancellationToken)
    {
        var filter =
            PeopleAddress.FilterOf(name => name == PeopleAddress.Search ? query.Search : query.Filter(name), _providers)
            ?? throw new InvalidOperationException("A list has only filters that it offers.");
        var page = await people.ListAsync(
            await person.ActorAsync(),
            filter,
            new PageRequest(query.Skip, query.Size, query.Descending ? $"-{query.Sort}" : query.Sort),
            cancellationToken
        );
        return new ListRows<PersonLine>(page.Items, page.Total);
    }

    private async Task AddAsync(AccountKind kind)
    {
        await AddPersonDialog.ShowAsync(dialogs, kind);
        await RefreshAsync();
    }

    private async Task ImportAsync()
    {
        await ImportDialog.ShowAsync(dialogs);
        await RefreshAsync();
    }

    private Task RefreshAsync() => _list?.RefreshAsync() ?? Task.CompletedTask;
}
