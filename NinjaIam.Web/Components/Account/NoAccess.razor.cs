using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Account;

/// <summary>Where somebody lands for whom there is no page at all. Everybody else is led to their own.</summary>
public sealed partial class NoAccess(NavigationManager navigation) : ComponentBase
{
    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    private string PersonName => Context.User.FindFirstValue(PersonClaims.Name) ?? "";

    protected override void OnInitialized()
    {
        if (!Context.User.IsSignedIn())
        {
            navigation.NavigateTo(SignInServices.SignInPath);
        }
        else if (HomePaths.Of(Context.User) is var home && home != SignInServices.NoAccessPath)
        {
            navigation.NavigateTo(home);
        }
    }
}
