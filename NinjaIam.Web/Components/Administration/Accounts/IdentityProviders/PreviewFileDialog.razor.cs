using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning.Preview;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>Shows what would become of the people of a file if the identity provider sent them. Nothing is stored.</summary>
public sealed partial class PreviewFileDialog(PreviewFile file, CurrentPerson person) : ComponentBase
{
    private const int MostShown = 100;

    private IReadOnlyList<EvaluatedLine>? _lines;
    private Refusal? _refusal;
    private string _shown = "";
    private bool _evaluating;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public required ProviderDetails Provider { get; set; }

    private IEnumerable<EvaluatedLine> Shown =>
        (_lines ?? []).Where(line => !Enum.TryParse<PreviewResult>(_shown, out var result) || line.Result == result);

    /// <summary>Ends when the dialog is closed.</summary>
    public static async Task ShowAsync(IDialogService dialogs, ProviderDetails provider)
    {
        var shown = await dialogs.ShowAsync<PreviewFileDialog>(
            PreviewTexts.File,
            new DialogParameters { [nameof(Provider)] = provider },
            new DialogOptions
            {
                MaxWidth = MaxWidth.Small,
                FullWidth = true,
                BackdropClick = false,
                CloseOnEscapeKey = true,
            }
        );
        await shown.Result;
    }

    private void Close() => Dialog.Close();

    private async Task EvaluateAsync(ReadOnlyMemory<byte> content)
    {
        (_lines, _refusal, _evaluating) = (null, null, true);
        StateHasChanged();
        try
        {
            var outcome = await file.EvaluateAsync(Provider.Id, content, await person.OriginAsync(), CancellationToken.None);
            (_lines, _refusal) = outcome.Match<(IReadOnlyList<EvaluatedLine>?, Refusal?)>(
                lines => (lines, null),
                refusal => (null, refusal)
            );
        }
        finally
        {
            _evaluating = false;
        }
    }
}
