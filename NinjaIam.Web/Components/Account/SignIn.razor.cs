using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Extensions;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Accounts.Passkeys;
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
    PasskeySignIn passkeys,
    PasskeyAddress address,
    Administrators administrators,
    SignOnProviders providers,
    NavigationManager navigation
) : ComponentBase
{
    public const string FormName = "sign-in";
    public const string EmailFormName = "sign-in-email";
    public const string PasskeyFormName = "sign-in-passkey";
    private const string ByPassword = "password";

    private bool _isEmpty;
    private bool _hasProviders;
    private bool _asksPassword;
    private bool _takesPasskeys;
    private string? _leavingFor;
    private string? _error;
    private RequiredProvider? _required;
    private string? _passkeyError;
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

    [SupplyParameterFromForm(Name = PasskeyForm.Field, FormName = PasskeyFormName)]
    private string? Passkey { get; set; }

    private bool HasAnswer => _error is not null || _passkeyError is not null || _waitSeconds is not null || _required is not null;

    protected override async Task OnInitializedAsync()
    {
        if (Context.User.IsSignedIn())
        {
            navigation.NavigateTo(LocalPath.Of(ReturnUrl));
            return;
        }

        _isEmpty = !await administrators.AnyAsync(Context.RequestAborted);
        _hasProviders = await providers.AnyEnabledAsync(Context.RequestAborted);
        _takesPasskeys = address.RefuseAt(Context) is null;
        // A form that is on its way gets its answer, whatever was enabled or disabled meanwhile.
        var sent = Context.Request.HasFormContentType ? Context.Request.Form["_handler"].ToString() : PasskeyFormName;
        _asksPassword = sent == PasskeyFormName ? !_hasProviders || With == ByPassword : sent == FormName;
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

    private static string NoAccess(AccountStatus status) =>
        status == AccountStatus.Blocked ? AccountTexts.NoAccessBlocked : AccountTexts.NoAccessInactive;

    private async Task TryPasskeyAsync()
    {
        var outcome = await passkeys.TryAsync(Passkey ?? "", RequestOrigin.Anonymous(Context), Context);
        await outcome.Match(
            async step =>
            {
                switch (step)
                {
                    case SignInStep.NoAccess(var status):
                        _passkeyError = NoAccess(status);
                        break;
                    case SignInStep.UseProvider(var provider):
                        _required = provider;
                        break;
                    default:
                        navigation.NavigateTo(await Context.ContinueAsync(step, ReturnUrl) ?? SignInServices.SignInPath);
                        break;
                }
            },
            refusal =>
            {
                _passkeyError = refusal.Detail;
                return Task.CompletedTask;
            }
        );
    }

    private async Task SubmitAsync()
    {
        var result = await passwords.TryAsync(Email ?? "", Password ?? "", RequestOrigin.Anonymous(Context), Context.RequestAborted);
        switch (result)
        {
            case PasswordSignInResult.Right { Next: SignInStep.NoAccess(var status) }:
                _error = NoAccess(status);
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
