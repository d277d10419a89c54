using System.Globalization;
using Microsoft.AspNetCore.Components;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using OrganizationDirectory = NinjaIam.Core.Accounts.Organizations;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>A new token and everything else the identity provider's console asks for.</summary>
public sealed partial class TokenStep(OrganizationDirectory organizations, CurrentPerson person) : ComponentBase
{
    /// <summary>What provisioning clients send for people of all organizations.</summary>
    private const string All = "All";

    private IReadOnlyList<Option> _choices = [];
    private string _organization = "";
    private CheckboxInput? _stored;
    private int _earlyPresses;

    [Parameter, EditorRequired]
    public required TokenHandover Handover { get; set; }

    [Parameter]
    public EventCallback<bool> StoredChanged { get; set; }

    private string Hint
    {
        get
        {
            var recipe = VendorCatalog.Of(Handover.Provider.Vendor);
            return Wording.Fill(ScimTexts.VendorHint, recipe.ShortName, recipe.ConsolePlace, recipe.BaseUrlField, recipe.TokenField);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_earlyPresses != Handover.EarlyPresses && _stored is not null)
        {
            _earlyPresses = Handover.EarlyPresses;
            await _stored.FocusAsync();
        }
    }

    protected override async Task OnInitializedAsync()
    {
        var boundary = Handover.Provider.Input;
        var known = await organizations.ChoicesAsync(await person.ActorAsync(), CancellationToken.None);
        var allowed = known
            .Where(choice => boundary.AllOrganizations || boundary.OrganizationIds.Contains(choice.Id))
            .Select(choice => new Option(choice.Id.ToString(CultureInfo.InvariantCulture), choice.Name));
        _choices = boundary.AllOrganizations ? [new Option(All, ScimTexts.AllOrganizations), .. allowed] : [.. allowed];
        var standard = boundary.DefaultOrganizationId?.ToString(CultureInfo.InvariantCulture);
        _organization = _choices.FirstOrDefault(choice => choice.Value == standard)?.Value ?? (_choices.Count > 0 ? _choices[0].Value : "");
    }

    private Task StoreAsync(bool stored)
    {
        Handover.Stored = stored;
        return StoredChanged.InvokeAsync(stored);
    }
}
