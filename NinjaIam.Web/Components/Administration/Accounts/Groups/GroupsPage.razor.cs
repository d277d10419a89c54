using Microsoft.AspNetCore.Components;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.Groups;

/// <summary>The groups that identity providers sent.</summary>
public sealed partial class GroupsPage(DirectoryQueries directory, Providers providers, CurrentPerson person) : ComponentBase
{
    private static readonly ChangeTopic[] Topics = [ChangeTopic.Groups];
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private IReadOnlyList<ProviderChoice> _providers = [];
    private IReadOnlyList<ListFilter>? _filters;
    private ListPage<GroupLine>? _list;

    protected override async Task OnInitializedAsync()
    {
        _providers = await providers.ChoicesAsync(await person.ActorAsync(), CancellationToken.None);
        _filters =
        [
            new ListFilter(
                "provider",
                GroupTexts.FilterProvider,
                [.. _providers.Select(provider => new Option(provider.UniqueIdentifier, provider.DisplayName))]
            ),
        ];
    }

    private static string CountText(long count) => count == 1 ? GroupTexts.CountOne : Wording.Fill(GroupTexts.Count, count);

    private async Task<ListRows<GroupLine>> LoadAsync(ListQuery query, CancellationToken cancellationToken)
    {
        var page = await directory.ListGroupsAsync(
            await person.ActorAsync(),
            new GroupFilter
            {
                Search = query.Search,
                ProviderId = _providers.FirstOrDefault(provider => provider.UniqueIdentifier == query.Filter("provider"))?.Id,
            },
            new PageRequest(query.Skip, query.Size, query.Descending ? $"-{query.Sort}" : query.Sort),
            cancellationToken
        );
        return new ListRows<GroupLine>(page.Items, page.Total);
    }

    private Task RefreshAsync() => _list?.RefreshAsync() ?? Task.CompletedTask;
}
