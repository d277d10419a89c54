using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Extensions;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.SingleSignOn;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Account;

/// <summary>
/// Where nobody signs in by an identity provider: email and password. Else the email alone, whose domain decides, with a way to the password
/// that everybody sees. What it answers is the same whether the account exists or not.
/// </summary>
public sealed partial class SignIn(
    PasswordSignIn passwords,
    Administrators administrators,
    SignOnProviders providers,
    NavigationManager navigation
) : ComponentBase
{
    public const string FormName = "sign-in";
    public const string EmailFormName = "sign-in-email";
    private const string ByPassword = "password";

    private bool _isEmpty;
    private bool _hasProviders;
    private bool _asksPassword;
    private string? _leavingFor;
    private string? _error;
    private RequiredProvider? _required;
    private int? _waitSeconds;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    /// <summary>"password" for the form with the password, where identity providers sign people in.</summary>
    [SupplyParameterFromQuery]
    private string? With { get; set; }

    // The same field of either form.
    [SupplyParameterFromForm(Name = "email")]
    private string? Email { get; set; }

    [SupplyParameterFromForm(Name = "password", FormName = FormName)]
    private string? Password { get; set; }

    private bool HasAnswer => _error is not null || _waitSeconds is not null || _required is not null;

    protected override async Task OnInitializedAsync()
    {
        if (Context.User.IsSignedIn())
        {
            navigation.NavigateTo(LocalPath.Of(ReturnUrl));
            return;
        }

        _isEmpty = !await administrators.AnyAsync(Context.RequestAborted);
        _hasProviders = await providers.AnyEnabledAsync(Context.RequestAborted);
        // A form that is on its way gets its answer, whatever was enabled or disabled meanwhile.
        _asksPassword = Context.Request.HasFormContentType
            ? Context.Request.Form["_handler"] == FormName
            : !_hasProviders || With == ByPassword;
    }

    private string Address(bool withPassword)
    {
        var query = new QueryBuilder();
        if (withPassword)
        {
            query.Add("with", ByPassword);
        }

        if (LocalPath.Of(ReturnUrl) is not LocalPath.Start and var path)
        {
            query.Add(SignInServices.ReturnUrl, path);
        }

        return SignInServices.SignInPath + query;
    }

    private async Task ChooseAsync()
    {
        if (await providers.ForEmailAsync(Email?.Trim() ?? "", Context.RequestAborted) is { } identifier)
        {
            _leavingFor = SignInByProvider.StartPath(identifier, ReturnUrl);
        }
        else
        {
            _asksPassword = true;
        }
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
            case PasswordSignInResult.Right { Next: SignInStep.UseProvider(var provider) }:
                _required = provider;
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
