using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.Accounts;

namespace NinjaIam.Web.Components.Administration.Organizations;

/// <summary>Shows an organization's ID where the browser refused to copy it.</summary>
public sealed partial class OrganizationIdDialog : ComponentBase
{
    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter, EditorRequired]
    public required string Id { get; set; }

    public static async Task OpenAsync(IDialogService dialogs, OrganizationLine organization)
    {
        var shown = await dialogs.ShowAsync<OrganizationIdDialog>(
            null,
            new DialogParameters
            {
                [nameof(Name)] = organization.Name,
                [nameof(Id)] = organization.Id.ToString(CultureInfo.InvariantCulture),
            },
            new DialogOptions { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true }
        );
        await shown.Result;
    }

    private void Close() => Dialog.Close();
}
