using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Account;

/// <summary>Lets whoever has the secret of an invitation choose a password, and signs them in. Whoever was signed in before is not any more.</summary>
public sealed partial class AcceptInvitation(Invitations invitations, Sessions sessions, SignInSteps steps, NavigationManager navigation)
    : ComponentBase
{
    public const string FormName = "invitation";

    private OpenedInvitation _opened = new(InvitationState.None);
    private FieldErrors _errors = FieldErrors.None;

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
        _opened = await invitations.FindAsync(Token, Context.RequestAborted);
    }

    private async Task SubmitAsync()
    {
        if (_opened.State != InvitationState.Pending)
        {
            return;
        }

        var origin = RequestOrigin.Anonymous(Context);
        var outcome = await invitations.AcceptAsync(Token, new NewPassword(Password ?? ""), origin, CancellationToken.None);
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
            _opened = new OpenedInvitation(InvitationState.None);
        }
        else
        {
            _errors = FieldErrors.Of(refusal);
        }

        return null;
    }
}
