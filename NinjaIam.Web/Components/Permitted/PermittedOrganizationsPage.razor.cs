using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Permitted;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Permitted;

/// <summary>The organizations that somebody's roles let them view.</summary>
public sealed partial class PermittedOrganizationsPage(PermittedOrganizations organizations, CurrentPerson current) : ComponentBase
{
    private static string CountText(long count) =>
        count == 1 ? PermittedTexts.OrganizationsCountOne : Wording.Fill(PermittedTexts.OrganizationsCount, count);

    private async Task<ListRows<PermittedOrganization>> LoadAsync(ListQuery query, CancellationToken cancellationToken)
    {
        var page = await organizations.ListAsync(
            await current.ActorAsync(),
            query.Search,
            new PageRequest(query.Skip, query.Size, query.Descending ? $"-{query.Sort}" : query.Sort),
            cancellationToken
        );
        return new ListRows<PermittedOrganization>(page.Items, page.Total);
    }
}
