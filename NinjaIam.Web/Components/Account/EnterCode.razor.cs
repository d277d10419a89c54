using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Accounts.Passkeys;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Account;

/// <summary>Asks whoever showed the first factor for the second one.</summary>
public sealed partial class EnterCode(SignInSteps steps, PasskeySignIn passkeys, PasskeyAddress address, NavigationManager navigation)
    : ComponentBase
{
    public const string FormName = "code";
    public const string PasskeyFormName = "code-passkey";

    private PendingSignIn? _pending;
    private string? _error;
    private string? _passkeyError;
    private bool _hasApp;
    private bool _hasPasskey;
    private Refusal? _elsewhere;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromForm(Name = "code", FormName = FormName)]
    private string? Code { get; set; }

    [SupplyParameterFromForm(Name = PasskeyForm.Field, FormName = PasskeyFormName)]
    private string? Passkey { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        if (Context.User.IsSignedIn())
        {
            navigation.NavigateTo(LocalPath.Of(ReturnUrl));
            return;
        }

        var pending = await Context.PendingAsync();
        _pending = pending is not null && await steps.IsValidAsync(pending, Context.RequestAborted) ? pending : null;
        if (_pending is not null)
        {
            (_hasApp, _hasPasskey) = await steps.FactorsOfAsync(_pending, Context.RequestAborted);
            _elsewhere = address.RefuseAt(Context);
        }
    }

    private async Task SubmitAsync()
    {
        if (_pending is null)
        {
            return;
        }

        var outcome = await steps.WithCodeAsync(_pending, Code ?? "", RequestOrigin.Anonymous(Context), CancellationToken.None);
        await outcome.Match(
            async session => navigation.NavigateTo(await Context.CompleteAsync(session, ReturnUrl)),
            refusal =>
            {
                Refuse(refusal);
                return Task.CompletedTask;
            }
        );
    }

    private async Task TryPasskeyAsync()
    {
        if (_pending is null)
        {
            return;
        }

        var outcome = await passkeys.TryAsync(_pending, Passkey ?? "", RequestOrigin.Anonymous(Context), Context);
        await outcome.Match(
            async session => navigation.NavigateTo(await Context.CompleteAsync(session, ReturnUrl)),
            refusal =>
            {
                _passkeyError = refusal.Detail;
                return Task.CompletedTask;
            }
        );
    }

    private void Refuse(Refusal refusal)
    {
        if (refusal.Field == SecondFactors.Code)
        {
            _error = refusal.Detail;
        }
        else
        {
            _pending = null;
        }
    }
}
