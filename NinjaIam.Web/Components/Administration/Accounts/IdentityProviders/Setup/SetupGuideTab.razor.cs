using System.Globalization;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using OrganizationDirectory = NinjaIam.Core.Accounts.Organizations;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup;

/// <summary>The guide to the vendor's console with this provider's values, and the checklist beside it.</summary>
public sealed partial class SetupGuideTab(OrganizationDirectory organizations, CurrentPerson person)
{
    /// <summary>What provisioning clients send for people of all organizations.</summary>
    private const string All = "All";

    private IReadOnlyList<OrganizationChoice> _known = [];
    private List<Option> _choices = [];
    private string _organization = "";

    private SetupGuide Guide => SetupGuides.Of(Provider.Vendor);

    private VendorRecipe Recipe => VendorCatalog.Of(Provider.Vendor);

    private string Title => Wording.Fill(SetupTexts.GuideTitle, Provider.Vendor == Vendor.Custom ? Recipe.ShortName : Recipe.Name);

    private string? Standard => Provider.Input.DefaultOrganizationId?.ToString(CultureInfo.InvariantCulture);

    private ChosenOrganization Chosen =>
        new(_organization, _organization == All ? null : _choices.Find(choice => choice.Value == _organization)?.Text, Standard ?? All);

    private string Arrival =>
        Provider.Input.DefaultOrganizationId is { } id
            ? Wording.Fill(SetupTexts.ArrivalPlaced, _known.FirstOrDefault(choice => choice.Id == id)?.Name ?? Standard)
            : SetupTexts.ArrivalUnplaced;

    protected override async Task OnParametersSetAsync()
    {
        var boundary = Provider.Input;
        _known = await organizations.ChoicesAsync(await person.ActorAsync(), CancellationToken.None);
        var allowed = _known
            .Where(choice => boundary.AllOrganizations || boundary.OrganizationIds.Contains(choice.Id))
            .Select(choice => new Option(choice.Id.ToString(CultureInfo.InvariantCulture), choice.Name));
        _choices = boundary.AllOrganizations ? [new Option(All, ScimTexts.AllOrganizations), .. allowed] : [.. allowed];
        // What somebody chose stays, as long as it may be chosen.
        if (!_choices.Exists(choice => choice.Value == _organization))
        {
            _organization = (_choices.Find(choice => choice.Value == Standard) ?? _choices.FirstOrDefault())?.Value ?? "";
        }
    }
}
