using Microsoft.AspNetCore.Components;
using NinjaIam.Core.SingleSignOn;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Account;

/// <summary>
/// Where a browser comes back to from its identity provider. It says what the person can do; the precise reason stands in Activities
/// under the incident ID, as it is of use to whoever tries to get in.
/// </summary>
public sealed partial class SingleSignOnReply(SingleSignOnReplies replies, SignInCompletion completion, NavigationManager navigation)
    : ComponentBase
{
    private string _text = AccountTexts.SsoGone;
    private string? _incident;
    private ConnectionTest? _test;

    [Parameter]
    public string Handle { get; set; } = "";

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-cache, no-store";
        Context.Response.Headers.Pragma = "no-cache";
        var isAdministrator = Context.User.IsSystemAdministrator();
        var origin = isAdministrator ? CurrentPerson.OriginOf(Context.User) : RequestOrigin.Anonymous(Context);
        var result = await replies.CompleteAsync(Context, Handle, isAdministrator ? origin.Actor.Id : null, origin, Context.RequestAborted);
        switch (result)
        {
            case SignOnResult.Accepted(var account, var returnPath, var withSecondFactor):
                if (await completion.FinishAsync(Context, account, withSecondFactor, returnPath) is { } path)
                {
                    navigation.NavigateTo(path);
                }
                break;
            case SignOnResult.Refused(var refusal, var incident, var provider, var userName):
                (_text, _incident) = (TextOf(refusal, provider ?? "", userName ?? ""), incident);
                Context.Response.StatusCode = StatusCodes.Status403Forbidden;
                break;
            case SignOnResult.Tested(var test):
                _test = test;
                break;
            default:
                Context.Response.StatusCode = StatusCodes.Status410Gone;
                break;
        }
    }

    private static string TextOf(SamlRefusal refusal, string provider, string userName) =>
        refusal.Reason switch
        {
            SamlReason.Status => Wording.Fill(AccountTexts.SsoProvider, provider),
            SamlReason.Expired or SamlReason.TooEarly => Wording.Fill(AccountTexts.SsoExpired, provider),
            SamlReason.NotSolicited => Wording.Fill(AccountTexts.SsoNotSolicited, provider),
            SamlReason.OtherRequest => AccountTexts.SsoNotStarted,
            SamlReason.Replayed => AccountTexts.SsoGone,
            SamlReason.NotEnabled or SamlReason.UnknownProvider => AccountTexts.SsoNotEnabled,
            SamlReason.UnknownPerson => Wording.Fill(AccountTexts.SsoUnknownPerson, provider, userName),
            SamlReason.OtherProvider => Wording.Fill(AccountTexts.SsoOtherProvider, provider),
            SamlReason.Deactivated => Wording.Fill(AccountTexts.SsoDeactivated, provider),
            SamlReason.Blocked => AccountTexts.SsoBlocked,
            _ => AccountTexts.SsoOther,
        };
}
