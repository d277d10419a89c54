using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Layout;

/// <summary>Shown where a page needs a right the person lacks. Who is not signed in at all goes to the sign-in page instead.</summary>
public sealed partial class NotAllowed(NavigationManager navigation) : ComponentBase
{
    private string _home = HomePaths.Dashboard;

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (Authentication is null)
        {
            return;
        }

        var person = (await Authentication).User;
        var here = "/" + navigation.ToBaseRelativePath(navigation.Uri);
        if (!person.IsSignedIn())
        {
            // A full load: the sign-in page sets a cookie, which a circuit cannot.
            navigation.NavigateTo($"/sign-in?returnUrl={Uri.EscapeDataString(here)}", forceLoad: true);
            return;
        }

        _home = HomePaths.Of(person);
        if (here == HomePaths.Dashboard && _home != HomePaths.Dashboard)
        {
            navigation.NavigateTo(_home, replace: true);
        }
    }
}
