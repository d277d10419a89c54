using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Permitted;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Permitted;

/// <summary>The groups that somebody's roles let them view.</summary>
public sealed partial class PermittedGroupsPage(PermittedGroups groups, CurrentPerson current) : ComponentBase
{
    private static string CountText(long count) =>
        count == 1 ? PermittedTexts.GroupsCountOne : Wording.Fill(PermittedTexts.GroupsCount, count);

    private async Task<ListRows<PermittedGroup>> LoadAsync(ListQuery query, CancellationToken cancellationToken)
    {
        var page = await groups.ListAsync(
            await current.ActorAsync(),
            query.Search,
            new PageRequest(query.Skip, query.Size, query.Descending ? $"-{query.Sort}" : query.Sort),
            cancellationToken
        );
        return new ListRows<PermittedGroup>(page.Items, page.Total);
    }
}
