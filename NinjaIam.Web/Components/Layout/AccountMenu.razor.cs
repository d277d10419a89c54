using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;

namespace NinjaIam.Web.Components.Layout;

/// <summary>
/// Who is signed in, the appearance, the keyboard shortcuts and the way out. The buttons for appearance and signing out submit
/// plain forms of the page, so they work while the connection is lost.
/// </summary>
public sealed partial class AccountMenu(IDialogService dialogs) : ComponentBase
{
    private static string DisplayName(AuthenticationState authentication) =>
        authentication.User.FindFirstValue("name")
        ?? authentication.User.FindFirstValue("display_name")
        ?? authentication.User.Identity?.Name
        ?? LayoutTexts.UnnamedAccount;

    private static string Name(string format, AuthenticationState authentication) =>
        string.Format(CultureInfo.CurrentCulture, format, DisplayName(authentication));

    private static string Letters(AuthenticationState authentication) =>
        string.Concat(
                DisplayName(authentication)
                    .Split([' ', '.', '@'], StringSplitOptions.RemoveEmptyEntries)
                    .Take(2)
                    .Select(word => StringInfo.GetNextTextElement(word))
            )
            .ToUpper(CultureInfo.CurrentCulture);

    private Task ShowShortcutsAsync() => ShortcutsDialog.ShowAsync(dialogs);
}
