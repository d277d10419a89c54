using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Account;

/// <summary>Lets whoever has the secret of a link choose a password, and goes on as after a password: to the second factor, or signed in.</summary>
public sealed partial class ChoosePassword(PasswordLinks links, Sessions sessions, SignInSteps steps, NavigationManager navigation)
    : ComponentBase
{
    public const string FormName = "password-link";

    private OpenedPasswordLink? _opened;
    private string? _error;

    [Parameter]
    public string Token { get; set; } = "";

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [SupplyParameterFromForm(Name = "password", FormName = FormName)]
    private string? Password { get; set; }

    protected override async Task OnInitializedAsync()
    {
        // The secret stands in the address, which goes nowhere else.
        Context.Response.Headers["Referrer-Policy"] = "no-referrer";
        Context.Response.Headers.CacheControl = "no-store";
        _opened = await links.FindAsync(Token, Context.RequestAborted);
    }

    private async Task SubmitAsync()
    {
        if (_opened is null)
        {
            return;
        }

        var origin = RequestOrigin.Anonymous(Context);
        var outcome = await links.UseAsync(Token, new NewPassword(Password ?? ""), origin, CancellationToken.None);
        if (outcome.Match<Guid?>(id => id, Refuse) is not { } id)
        {
            return;
        }

        if (Context.User.SessionId() is { } before)
        {
            await sessions.EndAsync(before, CurrentPerson.OriginOf(Context.User), CancellationToken.None);
        }

        var next = await steps.AfterFirstAsync(id, FirstFactor.Password, origin, CancellationToken.None);
        navigation.NavigateTo(await Context.ContinueAsync(next, null) ?? SignInServices.SignInPath);
    }

    private Guid? Refuse(Refusal refusal)
    {
        if (refusal.Kind == RefusalKind.NotFound)
        {
            _opened = null;
        }
        else
        {
            _error = refusal.Detail;
        }

        return null;
    }
}
