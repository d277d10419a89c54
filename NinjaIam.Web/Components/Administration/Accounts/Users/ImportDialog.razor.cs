using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>Adds people from a file, after it showed what the file holds. A file with a problem adds nobody.</summary>
public sealed partial class ImportDialog(PeopleImport import, InvitationMail mail, CurrentPerson current) : ComponentBase
{
    private ReadOnlyMemory<byte> _file;
    private ImportPreview? _preview;
    private Refusal? _refusal;
    private int? _imported;
    private bool _reading;
    private bool _sends;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    /// <summary>Ends when the dialog is closed.</summary>
    public static async Task ShowAsync(IDialogService dialogs)
    {
        var shown = await dialogs.ShowAsync<ImportDialog>(
            UserTexts.ImportUsers,
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

    private async Task ReadAsync(ReadOnlyMemory<byte> file)
    {
        (_file, _preview, _refusal, _reading) = (file, null, null, true);
        StateHasChanged();
        try
        {
            Take(await import.PreviewAsync(await current.ActorAsync(), file, CancellationToken.None));
        }
        finally
        {
            _reading = false;
        }
    }

    private async Task ImportAsync()
    {
        var origin = await current.OriginAsync();
        var outcome = await import.ImportAsync(_file, _sends, origin, CancellationToken.None);
        _imported = outcome.Match<int?>(people => people, _ => null);
        if (_imported is null)
        {
            // Something changed since the file was looked through: what stands in the way now is shown like before.
            Take(await import.PreviewAsync(origin.Actor, _file, CancellationToken.None));
        }
    }

    private void Take(Outcome<ImportPreview> outcome) =>
        (_preview, _refusal) = outcome.Match<(ImportPreview?, Refusal?)>(preview => (preview, null), refusal => (null, refusal));
}
