using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace NinjaIam.Web.Components.Layout;

/// <summary>Opens the search over everything; so does Ctrl+K.</summary>
public sealed partial class SearchButton(IDialogService dialogs) : ComponentBase
{
    private Task OpenAsync() => SearchDialog.ShowAsync(dialogs);
}
