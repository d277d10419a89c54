using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Account;

/// <summary>Email and password. What it answers is the same whether the account exists or not.</summary>
public sealed partial class SignIn(PasswordSignIn passwords, Administrators administrators, NavigationManager navigation) : ComponentBase
{
    public const string FormName = "sign-in";

    private bool _isEmpty;
    private string? _error;
    private int? _waitSeconds;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromForm(Name = "email", FormName = FormName)]
    private string? Email { get; set; }

    [SupplyParameterFromForm(Name = "password", FormName = FormName)]
    private string? Password { get; set; }

    private bool HasAnswer => _error is not null || _waitSeconds is not null;

    protected override async Task OnInitializedAsync()
    {
        if (Context.User.IsSignedIn())
        {
            navigation.NavigateTo(LocalPath.Of(ReturnUrl));
            return;
        }

        _isEmpty = !await administrators.AnyAsync(Context.RequestAborted);
    }

    private static string WaitText(int seconds) => seconds == 1 ? AccountTexts.WaitOne : Wording.Fill(AccountTexts.Wait, seconds);

    private async Task SubmitAsync()
    {
        var result = await passwords.TryAsync(Email ?? "", Password ?? "", RequestOrigin.Anonymous(Context), Context.RequestAborted);
        switch (result)
        {
            case PasswordSignInResult.Right { Next: SignInStep.NoAccess(var status) }:
                _error = status == AccountStatus.Blocked ? AccountTexts.NoAccessBlocked : AccountTexts.NoAccessInactive;
                break;
            case PasswordSignInResult.Right(var next):
                navigation.NavigateTo(await Context.ContinueAsync(next, ReturnUrl) ?? SignInServices.SignInPath);
                break;
            case PasswordSignInResult.Wait(var seconds):
                _waitSeconds = seconds;
                break;
            default:
                _error = AccountTexts.Wrong;
                break;
        }
    }
}
