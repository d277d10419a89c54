using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Account;

/// <summary>Creates the first system administrator for whoever has the one-time link, and signs them in.</summary>
public sealed partial class FirstRun(FirstRunLink link, Administrators administrators, SignInSteps steps, NavigationManager navigation)
    : ComponentBase
{
    public const string FormName = "first-run";

    private static readonly string[] Fields =
    [
        nameof(NewAdministrator.FullName),
        nameof(NewAdministrator.Email),
        nameof(NewAdministrator.Password),
    ];

    private FirstRunState? _state;
    private FieldErrors _errors = FieldErrors.None;

    [Parameter]
    public string Secret { get; set; } = "";

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [SupplyParameterFromForm(Name = "full-name", FormName = FormName)]
    private string? FullName { get; set; }

    [SupplyParameterFromForm(Name = "email", FormName = FormName)]
    private string? Email { get; set; }

    [SupplyParameterFromForm(Name = "password", FormName = FormName)]
    private string? Password { get; set; }

    private string? FirstWrong => Array.Find(Fields, name => _errors[name] is not null);

    protected override async Task OnInitializedAsync()
    {
        // The secret stands in the address, which goes nowhere else.
        Context.Response.Headers["Referrer-Policy"] = "no-referrer";
        _state = await StateAsync();
    }

    private async Task<FirstRunState> StateAsync() =>
        link.Check(Secret) switch
        {
            FirstRunLinkState.Used => FirstRunState.Used,
            _ when await administrators.AnyAsync(Context.RequestAborted) => FirstRunState.AdministratorExists,
            FirstRunLinkState.Open => FirstRunState.Open,
            FirstRunLinkState.Expired => FirstRunState.Expired,
            _ => FirstRunState.Wrong,
        };

    private async Task SubmitAsync()
    {
        if (_state != FirstRunState.Open)
        {
            return;
        }

        var wanted = new NewAdministrator
        {
            FullName = FullName ?? "",
            Email = Email ?? "",
            Password = Password ?? "",
        };
        _errors = FieldErrors.Of(new NewAdministratorValidator(), wanted);
        if (_errors.Any)
        {
            return;
        }

        var origin = RequestOrigin.Anonymous(Context);
        var outcome = await administrators.CreateAsync(wanted, onlyAsFirst: true, origin, CancellationToken.None);
        if (outcome.Match<Guid?>(id => id, Refuse) is not { } id)
        {
            return;
        }

        link.MarkUsed();
        var next = await steps.AfterFirstAsync(id, FirstFactor.Password, origin, CancellationToken.None);
        navigation.NavigateTo(await Context.ContinueAsync(next, null) ?? SignInServices.SignInPath);
    }

    private Guid? Refuse(Refusal refusal)
    {
        if (refusal.Kind == RefusalKind.NotAllowed)
        {
            _state = FirstRunState.AdministratorExists;
        }
        else
        {
            _errors = FieldErrors.Of(refusal);
        }

        return null;
    }
}
