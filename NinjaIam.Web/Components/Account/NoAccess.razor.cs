using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Account;

/// <summary>Where somebody lands who signed in and is no system administrator.</summary>
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
        else if (Context.User.IsSystemAdministrator())
        {
            navigation.NavigateTo(LocalPath.Start);
        }
    }
}
