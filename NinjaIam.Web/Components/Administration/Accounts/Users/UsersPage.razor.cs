using System.Globalization;
using Microsoft.AspNetCore.Components;
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
    CurrentPerson person
) : ComponentBase
{
    private const string Manual = "manual";
    private const string WithoutRole = "none";

    private static readonly ChangeTopic[] Topics = [ChangeTopic.Users, ChangeTopic.Groups, ChangeTopic.Roles];
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly Dictionary<string, AccountStatus> States = new(StringComparer.Ordinal)
    {
        ["active"] = AccountStatus.Active,
        ["inactive"] = AccountStatus.Inactive,
        ["blocked"] = AccountStatus.Blocked,
    };
    private static readonly Dictionary<string, AccountKind> Kinds = new(StringComparer.Ordinal)
    {
        ["technician"] = AccountKind.Technician,
        ["endUser"] = AccountKind.EndUser,
        ["administrator"] = AccountKind.SystemAdministrator,
    };

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
                "state",
                UserTexts.FilterStatus,
                [
                    new Option("active", UserTexts.StatusActive),
                    new Option("inactive", UserTexts.StatusInactive),
                    new Option("blocked", UserTexts.StatusBlocked),
                ]
            ),
            new ListFilter("kind", UserTexts.FilterType, [.. Kinds.Select(kind => new Option(kind.Key, PersonWords.Of(kind.Value)))]),
            new ListFilter("role", UserTexts.FilterRole, [new Option(WithoutRole, UserTexts.WithoutRole)]),
            new ListFilter(
                "provider",
                UserTexts.FilterSource,
                [
                    new Option(Manual, UserTexts.SourceManual),
                    .. _providers.Select(provider => new Option(
                        provider.UniqueIdentifier,
                        Wording.Fill(UserTexts.SourceScim, provider.DisplayName)
                    )),
                ]
            ),
            new ListFilter(
                "org",
                UserTexts.FilterOrganization,
                [.. choices.Select(choice => new Option(choice.Id.ToString(CultureInfo.InvariantCulture), choice.Name))]
            ),
            .. group is null
                ? Array.Empty<ListFilter>()
                : [new ListFilter("group", UserTexts.FilterGroup, [new Option(group.Group.Id.ToString(), group.Group.Name)])],
        ];
    }

    private static string CountText(long count) => count == 1 ? UserTexts.CountOne : Wording.Fill(UserTexts.Count, count);

    private string SourceOf(PersonLine line) =>
        line.ProviderId is not { } id ? UserTexts.SourceManual
        : _providers.FirstOrDefault(provider => provider.Id == id) is { } known ? Wording.Fill(UserTexts.SourceScim, known.DisplayName)
        : UserTexts.SourceUnknown;

    private async Task<ListRows<PersonLine>> LoadAsync(ListQuery query, CancellationToken cancellationToken)
    {
        var source = query.Filter("provider");
        var page = await people.ListAsync(
            await person.ActorAsync(),
            new PeopleFilter
            {
                Search = query.Search,
                Status = query.Filter("state") is { } state ? States[state] : null,
                Kind = query.Filter("kind") is { } kind ? Kinds[kind] : null,
                ProviderId = _providers.FirstOrDefault(provider => provider.UniqueIdentifier == source)?.Id,
                Manual = source == Manual,
                WithoutRole = query.Filter("role") == WithoutRole,
                OrganizationId = query.Filter("org") is { } organization ? int.Parse(organization, CultureInfo.InvariantCulture) : null,
                GroupId = query.Filter("group") is { } group ? Guid.Parse(group) : null,
            },
            new PageRequest(query.Skip, query.Size, query.Descending ? $"-{query.Sort}" : query.Sort),
            cancellationToken
        );
        return new ListRows<PersonLine>(page.Items, page.Total);
    }

    private Task RefreshAsync() => _list?.RefreshAsync() ?? Task.CompletedTask;
}
