using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>What the provider needs from us and what we know of it. New metadata is shown before it replaces the old.</summary>
public sealed partial class SingleSignOnSettings(Providers providers, CurrentPerson person)
{
    private ImportedMetadata? _read;
    private Refusal? _refusal;
    private bool _importing;
    private StepUp? _stepUp;

    private string CopyTitle =>
        Provider.Vendor == Vendor.Custom
            ? AddProviderTexts.CopyToYours
            : Wording.Fill(AddProviderTexts.CopyTo, VendorCatalog.Of(Provider.Vendor).Name);

    private void Take(ImportedMetadata metadata) => (_read, _refusal) = (metadata, null);

    private async Task SaveAsync()
    {
        var refusal = _stepUp is null ? await ImportAsync() : await _stepUp.ActAsync(ImportAsync);
        _refusal = refusal is { Kind: RefusalKind.StepUpRequired } ? null : refusal;
        if (refusal is null)
        {
            (_read, _importing) = (null, false);
            await OnChanged.InvokeAsync();
        }
    }

    private async Task<Refusal?> ImportAsync() =>
        (await providers.ImportMetadataAsync(Provider.Id, _read!, await person.OriginAsync(), CancellationToken.None)).RefusalOrNull();
}
