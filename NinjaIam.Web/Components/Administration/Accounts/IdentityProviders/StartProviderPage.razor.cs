using Microsoft.AspNetCore.Components;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>
/// Starts a draft and goes on to its first open step, in whose address the draft stands. The draft is empty, or takes over the vendor and
/// the boundary of the provider that the address names.
/// </summary>
public sealed partial class StartProviderPage(ProviderDrafts drafts, CurrentPerson person, NavigationManager navigation) : ComponentBase
{
    private Refusal? _refusal;

    /// <summary>The unique identifier of the provider to clone; null for none.</summary>
    [SupplyParameterFromQuery(Name = ProviderAddress.CloneParameter)]
    public string? From { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var origin = await person.OriginAsync();
        var started = From is { Length: > 0 } from
            ? await drafts.CloneAsync(from, origin, CancellationToken.None)
            : await drafts.StartAsync(origin, CancellationToken.None);
        var step = From is { Length: > 0 } ? AddProviderStep.Details : AddProviderStep.Provider;
        _refusal = started.Match<Refusal?>(
            draft =>
            {
                // Replaced, so that Back from the first step does not start another draft.
                navigation.NavigateTo(ProviderAddress.Step(draft, step), replace: true);
                return null;
            },
            refusal => refusal
        );
    }
}
