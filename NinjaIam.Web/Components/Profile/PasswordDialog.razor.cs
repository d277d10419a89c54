using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Profile;

/// <summary>Changes the own password, which ends every sign-in: this page too then leads to the form.</summary>
public sealed partial class PasswordDialog(OwnPassword passwords, CurrentPerson person) : ComponentBase
{
    private FieldErrors _errors = FieldErrors.None;
    private StepUp? _stepUp;
    private string? _password;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    /// <summary>Ends when the dialog is closed.</summary>
    public static async Task ShowAsync(IDialogService dialogs)
    {
        var shown = await dialogs.ShowAsync<PasswordDialog>(
            "",
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

    private void Cancel() => Dialog.Cancel();

    private async Task SaveAsync()
    {
        var wanted = new NewPassword(_password ?? "");
        _errors = FieldErrors.Of(new NewPasswordValidator(), wanted);
        if (_errors.Any)
        {
            return;
        }

        var refusal = _stepUp is null ? await ChangeAsync(wanted) : await _stepUp.ActAsync(() => ChangeAsync(wanted));
        if (refusal is null)
        {
            Dialog.Close(DialogResult.Ok(true));
        }
        else if (refusal.Kind != RefusalKind.StepUpRequired)
        {
            _errors = FieldErrors.Of(refusal);
        }
    }

    private async Task<Refusal?> ChangeAsync(NewPassword wanted) =>
        (await passwords.ChangeAsync(wanted, await person.OriginAsync(), CancellationToken.None)).RefusalOrNull();
}
