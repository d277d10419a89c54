using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>The two ways out of <see cref="TokenStep"/>.</summary>
public sealed partial class TokenStepActions : ComponentBase
{
    [Parameter, EditorRequired]
    public required TokenHandover Handover { get; set; }

    [Parameter]
    public EventCallback OnConfirmed { get; set; }

    [Parameter]
    public EventCallback OnDiscarded { get; set; }

    /// <summary>Something has to be shown that was not shown before.</summary>
    [Parameter]
    public EventCallback OnRefused { get; set; }

    private async Task ConfirmAsync() => await (await Handover.ConfirmAsync() ? OnConfirmed : OnRefused).InvokeAsync();

    private async Task DiscardAsync()
    {
        if (await Handover.DiscardAsync())
        {
            await OnDiscarded.InvokeAsync();
        }
    }
}
