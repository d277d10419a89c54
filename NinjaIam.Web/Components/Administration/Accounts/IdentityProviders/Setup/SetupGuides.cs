using System.Collections.Frozen;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup.Guides;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup;

/// <summary>The guide of each vendor.</summary>
internal static class SetupGuides
{
    public const string UserType = $"{SchemaUrns.NinjaOneUser}:userType";
    public const string OrganizationId = $"{SchemaUrns.NinjaOneUser}:organizationId";

    private static readonly FrozenDictionary<Vendor, SetupGuide> ByVendor = new[]
    {
        EntraGuide.Guide,
        OktaGuide.Guide,
        OneLoginGuide.Guide,
        JumpCloudGuide.Guide,
        GoogleGuide.Guide,
        PingOneGuide.Guide,
        DuoGuide.Guide,
        KeycloakGuide.Guide,
        CustomGuide.Guide,
    }.ToFrozenDictionary(guide => guide.Vendor);

    public static SetupGuide Of(Vendor vendor) => ByVendor[vendor];
}
