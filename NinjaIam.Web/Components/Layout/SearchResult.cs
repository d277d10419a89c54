using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Components.Activities;

namespace NinjaIam.Web.Components.Layout;

/// <summary>A line of the search over everything.</summary>
/// <param name="Kind">What it is, as the caption above it says.</param>
internal sealed record SearchResult(string Kind, string Name, string? More, string Address)
{
    private static readonly (string Name, string Address)[] Pages =
    [
        (LayoutTexts.Dashboard, "/"),
        (LayoutTexts.IdentityProviders, "/administration/accounts/identity-providers"),
        (LayoutTexts.AllUsers, "/administration/accounts/users"),
        (LayoutTexts.Groups, "/administration/accounts/groups"),
        (LayoutTexts.TechnicianRoles, "/administration/accounts/technician-roles"),
        (LayoutTexts.EndUserRoles, "/administration/accounts/end-user-roles"),
        (LayoutTexts.Organizations, "/administration/organizations"),
        (LayoutTexts.Settings, "/administration/settings"),
        (LayoutTexts.Activities, "/activities"),
        (LayoutTexts.MyProfile, "/profile"),
    ];

    public static IEnumerable<SearchResult> PagesOf(string text) =>
        Pages
            .Where(page => page.Name.Contains(text, StringComparison.CurrentCultureIgnoreCase))
            .Take(DirectorySearch.MostOfAKind)
            .Select(page => new SearchResult(LayoutTexts.KindPages, page.Name, null, page.Address));

    public static SearchResult Of(SearchHit hit) =>
        hit.Kind switch
        {
            SearchHitKind.Provider => LineOf(hit, LayoutTexts.IdentityProviders, $"/administration/accounts/identity-providers/{hit.Key}"),
            SearchHitKind.Person => LineOf(hit, LayoutTexts.KindPeople, $"/administration/accounts/users/{hit.Key}"),
            SearchHitKind.Group => LineOf(hit, LayoutTexts.Groups, $"/administration/accounts/groups/{hit.Key}"),
            SearchHitKind.Organization => LineOf(
                hit,
                LayoutTexts.Organizations,
                $"/administration/organizations?q={Uri.EscapeDataString(hit.Name)}"
            ),
            SearchHitKind.TechnicianRole => LineOf(
                hit,
                LayoutTexts.TechnicianRoles,
                $"/administration/accounts/technician-roles?q={Uri.EscapeDataString(hit.Key)}"
            ),
            SearchHitKind.EndUserRole => LineOf(
                hit,
                LayoutTexts.EndUserRoles,
                $"/administration/accounts/end-user-roles?q={Uri.EscapeDataString(hit.Key)}"
            ),
            _ => new SearchResult(
                LayoutTexts.Activities,
                hit.Activity is { } activity ? ActivitySentences.Of(activity) : hit.Name,
                hit.More,
                $"/activities?q={hit.More}&{ActivityDrawer.Parameter}={hit.Key}"
            ),
        };

    private static SearchResult LineOf(SearchHit hit, string kind, string address) => new(kind, hit.Name, hit.More, address);
}
