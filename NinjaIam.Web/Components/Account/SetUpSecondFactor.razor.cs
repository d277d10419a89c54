using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Account;

/// <summary>
/// Lets somebody who may not go on without a second factor set one up, completes the sign-in, and shows the recovery codes this one time.
/// </summary>
public sealed partial class SetUpSecondFactor(SignInSteps steps, NavigationManager navigation) : ComponentBase
{
    public const string FormName = "second-factor";

    private PendingSignIn? _pending;
    private AuthenticatorKey? _key;
    private NewRecoveryCodes? _codes;
    private string _landing = LocalPath.Start;
    private string? _error;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromForm(Name = "code", FormName = FormName)]
    private string? Code { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        if (Context.User.IsSignedIn())
        {
            navigation.NavigateTo(LocalPath.Of(ReturnUrl));
            return;
        }

        _pending = await Context.PendingAsync();
        if (_pending is not null)
        {
            _key = (await steps.NewFactorAsync(_pending, CancellationToken.None)).Match<AuthenticatorKey?>(key => key, _ => null);
        }
    }

    private async Task SubmitAsync()
    {
        if (_pending is null || _key is null)
        {
            return;
        }

        var outcome = await steps.WithNewFactorAsync(_pending, Code ?? "", RequestOrigin.Anonymous(Context), CancellationToken.None);
        await outcome.Match(
            async done =>
            {
                _landing = await Context.CompleteAsync(done.Session, ReturnUrl);
                _codes = done.RecoveryCodes;
            },
            refusal =>
            {
                Refuse(refusal);
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
            _key = null;
        }
    }
}
