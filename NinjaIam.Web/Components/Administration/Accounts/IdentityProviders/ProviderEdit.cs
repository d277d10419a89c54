using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>Settings that are being changed. The page keeps them, so that a look at another tab loses nothing.</summary>
public sealed class ProviderEdit
{
    private ProviderInput? _before;

    public ProviderInput? Input { get; private set; }

    /// <summary>The stamp of the details that the change is made on.</summary>
    public string? Stamp { get; private set; }

    public bool IsChanged => Input is not null && _before is not null && !Same(Input, _before);

    /// <summary>Starts from what is saved, unless somebody is in the middle of a change.</summary>
    public void Follow(ProviderDetails provider)
    {
        if (!IsChanged)
        {
            (_before, Input, Stamp) = (provider.Input, provider.Input, provider.Stamp);
        }
    }

    public void Change(ProviderInput input) => Input = input;

    public void Forget() => (_before, Input, Stamp) = (null, null, null);

    private static bool Same(ProviderInput one, ProviderInput other) =>
        one with { Domains = other.Domains, OrganizationIds = other.OrganizationIds } == other
        && one.Domains.SequenceEqual(other.Domains)
        && one.OrganizationIds.SequenceEqual(other.OrganizationIds);
}
