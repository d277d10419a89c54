using Microsoft.AspNetCore.Components;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>Starts a draft and goes on to its first step, in whose address the draft stands.</summary>
public sealed partial class StartProviderPage(ProviderDrafts drafts, CurrentPerson person, NavigationManager navigation) : ComponentBase
{
    private Refusal? _refusal;

    protected override async Task OnInitializedAsync()
    {
        var started = await drafts.StartAsync(await person.OriginAsync(), CancellationToken.None);
        _refusal = started.Match<Refusal?>(
            draft =>
            {
                // Replaced, so that Back from the first step does not start another draft.
                navigation.NavigateTo(ProviderAddress.Step(draft, AddProviderStep.Provider), replace: true);
                return null;
            },
            refusal => refusal
        );
    }
}
