using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.Outcomes;

namespace NinjaIam.Web.Components.Shared;

/// <summary>
/// Downloads a list of people. It asks first, as many people's addresses leave the installation, and lets whoever needs to confirm who
/// they are: the address refuses without.
/// </summary>
public sealed partial class ExportButton(IDialogService dialogs, NavigationManager navigation) : ComponentBase
{
    /// <summary>Where the file is, with the filters of the list.</summary>
    [Parameter, EditorRequired]
    public required string Address { get; set; }

    private async Task AskAsync()
    {
        var confirmed = await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(SharedTexts.ExportTitle, SharedTexts.Export)
            {
                Consequences = [SharedTexts.ExportEffect],
                Dangerous = false,
                StepUp = true,
                Act = _ => Task.FromResult<Refusal?>(null),
            }
        );
        if (confirmed is not null)
        {
            // The answer is a file, so the page stays.
            navigation.NavigateTo(Address, forceLoad: true);
        }
    }
}
