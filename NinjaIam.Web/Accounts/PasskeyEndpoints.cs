using Microsoft.AspNetCore.Mvc;
using NinjaIam.Core.Accounts.Passkeys;
using NinjaIam.Core.Outcomes;

namespace NinjaIam.Web.Accounts;

/// <summary>
/// What scripts of our pages ask and tell about passkeys. They send JSON and the origin of the page, which no form of another site can, so
/// that they need no token against forgery.
/// </summary>
internal static class PasskeyEndpoints
{
    private const int MostBytes = 128 * 1024;

    public const string Root = "/passkeys";
    public const string SignInPath = SignInServices.SignInPath + "/passkey";
    public const string CodePath = SigningIn.CodePath + "/passkey";
    public const string StepUpOptionsPath = Root + "/step-up/options";
    public const string StepUpPath = Root + "/step-up";
    public const string AddOptionsPath = Root + "/new/options";
    public const string AddPath = Root + "/new";

    private static readonly Refusal SignInOver = new(
        RefusalKind.NotAllowed,
        "This sign-in took too long or is not valid any more. Begin again."
    );
    private static readonly Refusal NotOurPage = new(RefusalKind.NotAllowed, "Open the page again at the address of the portal.");

    public static IEndpointRouteBuilder MapPasskeys(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("").AddEndpointFilter(OnlyOurPagesAsync).WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        all.MapPost(SignInPath, BeginSignInAsync).AllowAnonymous();
        all.MapPost(CodePath, BeginSecondFactorAsync).AllowAnonymous();
        all.MapPost(StepUpOptionsPath, BeginStepUpAsync).RequireAuthorization(Policies.SignedIn);
        all.MapPost(StepUpPath, StepUpAsync).RequireAuthorization(Policies.SignedIn);
        all.MapPost(AddOptionsPath, BeginAddAsync).RequireAuthorization(Policies.SignedIn);
        all.MapPost(AddPath, AddAsync).RequireAuthorization(Policies.SignedIn);
        return routes;
    }

    private static async ValueTask<object?> OnlyOurPagesAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var http = call.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        var address = http.RequestServices.GetRequiredService<PasskeyAddress>();
        return address.RefuseAt(http) is { } elsewhere ? Refused(elsewhere)
            : http.Request.Headers.Origin != address.Origin ? Refused(NotOurPage)
            : await next(call);
    }

    private static async Task<IResult> BeginSignInAsync(HttpContext http, PasskeySignIn passkeys) =>
        Options(await passkeys.BeginAsync(http));

    private static async Task<IResult> BeginSecondFactorAsync(HttpContext http, PasskeySignIn passkeys) =>
        await http.PendingAsync() is { } pending ? Options(await passkeys.BeginAsync(pending, http)) : Refused(SignInOver);

    private static async Task<IResult> BeginStepUpAsync(HttpContext http, PasskeyStepUp passkeys) =>
        Options(await passkeys.BeginAsync(CurrentPerson.OriginOf(http.User), http));

    private static async Task<IResult> StepUpAsync(PasskeyContent content, HttpContext http, PasskeyStepUp passkeys) =>
        Done(await passkeys.ConfirmAsync(content.Answer ?? "", CurrentPerson.OriginOf(http.User), http));

    private static async Task<IResult> BeginAddAsync(PasskeyContent content, HttpContext http, OwnPasskeys passkeys) =>
        Options(await passkeys.BeginAsync(content.Name ?? "", CurrentPerson.OriginOf(http.User), http));

    private static async Task<IResult> AddAsync(PasskeyContent content, HttpContext http, OwnPasskeys passkeys) =>
        Done(await passkeys.AddAsync(content.Name ?? "", content.Answer ?? "", CurrentPerson.OriginOf(http.User), http));

    private static IResult Options(Outcome<string> outcome) =>
        outcome.Match(json => TypedResults.Content(json, "application/json"), Refused);

    private static IResult Done(Outcome<Completed> outcome) => outcome.Match(_ => TypedResults.Json(new { }), Refused);

    private static IResult Refused(Refusal refusal) =>
        TypedResults.Json(
            new
            {
                kind = refusal.Kind.ToString(),
                field = refusal.Field,
                detail = refusal.Detail,
            },
            statusCode: StatusCodes.Status400BadRequest
        );

    /// <param name="Answer">What the browser made of the challenge, as JSON.</param>
    private sealed record PasskeyContent(string? Answer, string? Name);
}
