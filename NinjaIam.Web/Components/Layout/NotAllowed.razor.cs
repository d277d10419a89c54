using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace NinjaIam.Web.Components.Layout;

/// <summary>Shown where a page needs a right the person lacks. Who is not signed in at all goes to the sign-in page instead.</summary>
public sealed partial class NotAllowed(NavigationManager navigation) : ComponentBase
{
    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (Authentication is not null && (await Authentication).User.Identity?.IsAuthenticated != true)
        {
            var here = "/" + navigation.ToBaseRelativePath(navigation.Uri);

            // A full load: the sign-in page sets a cookie, which a circuit cannot.
            navigation.NavigateTo($"/sign-in?returnUrl={Uri.EscapeDataString(here)}", forceLoad: true);
        }
    }
}
