using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Accounts.Passkeys;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Profile;

/// <summary>By what the person signs in here, and how to get another password, another app, other recovery codes or passkeys.</summary>
public sealed partial class SignInCard(
    SecondFactors factors,
    OwnPassword password,
    OwnPasskeys passkeys,
    PasskeyAddress address,
    CurrentPerson person,
    NavigationManager navigation,
    IDialogService dialogs
) : ComponentBase
{
    private SecondFactorState? _state;
    private IReadOnlyList<PasskeyLine> _passkeys = [];
    private Refusal? _elsewhere;
    private bool _hasPassword;

    protected override Task OnInitializedAsync()
    {
        _elsewhere = address.RefuseAt(new Uri(navigation.BaseUri));
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        if ((await person.OriginAsync()).Actor.Id is { } id)
        {
            _hasPassword = await password.HasAsync(id, CancellationToken.None);
            _passkeys = await passkeys.ListAsync(id, CancellationToken.None);
            _state = await factors.StateAsync(id, CancellationToken.None);
        }
    }

    private Task ChangePasswordAsync() => PasswordDialog.ShowAsync(dialogs);

    private async Task AddPasskeyAsync()
    {
        await PasskeyDialog.ShowAsync(dialogs, DeviceWords.Of((await person.OriginAsync()).UserAgent));
        await LoadAsync();
    }

    private async Task RemoveAsync(PasskeyLine passkey)
    {
        string[] effects = [ProfileTexts.RemovePasskeyEffect, ProfileTexts.RemovePasskeyDevice];
        await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(ProfileTexts.RemovePasskeyTitle, passkey.Name), ProfileTexts.RemovePasskeyConfirm)
            {
                Consequences =
                    _passkeys.Count == 1 && _state is { IsSetUp: false } ? [.. effects, ProfileTexts.RemovePasskeyLast] : effects,
                StepUp = true,
                BusyText = SharedTexts.Saving,
                Act = async _ =>
                    (await passkeys.RemoveAsync(passkey.Id, await person.OriginAsync(), CancellationToken.None)).RefusalOrNull(),
            }
        );
        await LoadAsync();
    }

    private async Task OpenAsync(SecondFactorAct act)
    {
        await SecondFactorDialog.ShowAsync(dialogs, act);
        await LoadAsync();
    }
}
