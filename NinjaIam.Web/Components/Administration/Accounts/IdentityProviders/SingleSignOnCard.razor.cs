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
            .Range(SingleSignOnChoices.LeastSkewMinutes, SingleSignOnChoices.MostSkewMinutes - SingleSignOnChoices.LeastSkewMinutes + 1)
            .Select(minutes => new Option(Text(minutes), Wording.Fill(SignOnTexts.SkewMinutes, minutes))),
    ];

    private readonly FieldErrors _errors = FieldErrors.None;
    private SingleSignOnChoices? _shown;
    private bool _isDefault;
    private bool _allowsUnsolicited;
    private string? _attribute;
    private string _skew = "";
    private HashSet<string> _requiredFor = [];
    private string? _factorAttribute;
    private string? _factorValue;
    private bool _skipsSecondFactor;

    private string Address => address.BaseUrl + SignInServices.SignInPath + "/" + Provider.UniqueIdentifier;

    private SecondFactorClaim? Claim =>
        string.IsNullOrWhiteSpace(_factorAttribute) && string.IsNullOrWhiteSpace(_factorValue)
            ? null
            : new SecondFactorClaim(_factorAttribute ?? "", _factorValue ?? "");

    /// <summary>Whether a test showed what stands in the fields.</summary>
    private bool IsProved => Provider.SecondFactorProvedAt is not null && Claim == Provider.SignOnChoices.SecondFactor;

    private string BypassHelper =>
        IsProved ? SignOnTexts.BypassHelper
        : Claim is null ? SignOnTexts.BypassUnknown
        : SignOnTexts.BypassUnproved;

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
        (_factorAttribute, _factorValue) = (_shown.SecondFactor?.Attribute, _shown.SecondFactor?.Value);
        (_requiredFor, _skipsSecondFactor) = ([.. _shown.RequiredFor], _shown.SkipsSecondFactor);
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
        var choices = new SingleSignOnChoices(_isDefault, _allowsUnsolicited, _attribute, minutes)
        {
            RequiredFor = [.. Provider.Input.Domains.Where(_requiredFor.Contains)],
            SkipsSecondFactor = _skipsSecondFactor,
            SecondFactor = Claim,
        };
        if (await actions.ChangeAsync(Provider, choices))
        {
            await OnChanged.InvokeAsync();
        }
    }

    private void Require(string domain, bool isRequired)
    {
        if (isRequired)
        {
            _requiredFor.Add(domain);
        }
        else
        {
            _requiredFor.Remove(domain);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
