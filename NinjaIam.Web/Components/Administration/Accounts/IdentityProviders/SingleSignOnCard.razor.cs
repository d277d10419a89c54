using System.Globalization;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>Whether and how people sign in by the provider, and the test of its connection.</summary>
public sealed partial class SingleSignOnCard(SingleSignOnActions actions, PortalAddress address)
{
    private static readonly Option[] Skews =
    [
        .. Enumerable
            .Range(
                SingleSignOnConnections.LeastSkewMinutes,
                SingleSignOnConnections.MostSkewMinutes - SingleSignOnConnections.LeastSkewMinutes + 1
            )
            .Select(minutes => new Option(Text(minutes), Wording.Fill(SignOnTexts.SkewMinutes, minutes))),
    ];

    private readonly FieldErrors _errors = FieldErrors.None;
    private SingleSignOnChoices? _shown;
    private bool _isDefault;
    private bool _allowsUnsolicited;
    private string? _attribute;
    private string _skew = "";

    private string Address => address.BaseUrl + SignInServices.SignInPath + "/" + Provider.UniqueIdentifier;

    protected override void OnParametersSet()
    {
        // What is being typed stays, until somebody changed what is saved.
        if (_shown == Provider.SignOnChoices)
        {
            return;
        }

        _shown = Provider.SignOnChoices;
        (_isDefault, _allowsUnsolicited, _attribute) = (_shown.IsDefault, _shown.AllowsUnsolicited, _shown.UserNameAttribute);
        _skew = Text(_shown.ClockSkewMinutes);
    }

    private async Task EnableAsync()
    {
        await actions.EnableAsync(Provider);
        await OnChanged.InvokeAsync();
    }

    private async Task DisableAsync()
    {
        await actions.DisableAsync(Provider);
        await OnChanged.InvokeAsync();
    }

    private async Task SaveAsync()
    {
        var minutes = int.Parse(_skew, CultureInfo.InvariantCulture);
        if (await actions.ChangeAsync(Provider, new SingleSignOnChoices(_isDefault, _allowsUnsolicited, _attribute, minutes)))
        {
            await OnChanged.InvokeAsync();
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
