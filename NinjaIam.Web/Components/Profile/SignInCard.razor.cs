using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Profile;

/// <summary>By what the person signs in here, and how to get another password, another app or other recovery codes.</summary>
public sealed partial class SignInCard(SecondFactors factors, OwnPassword password, CurrentPerson person, IDialogService dialogs)
    : ComponentBase
{
    private SecondFactorState? _state;
    private bool _hasPassword;

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        if ((await person.OriginAsync()).Actor.Id is { } id)
        {
            _hasPassword = await password.HasAsync(id, CancellationToken.None);
            _state = await factors.StateAsync(id, CancellationToken.None);
        }
    }

    private Task ChangePasswordAsync() => PasswordDialog.ShowAsync(dialogs);

    private async Task OpenAsync(SecondFactorAct act)
    {
        await SecondFactorDialog.ShowAsync(dialogs, act);
        await LoadAsync();
    }
}
