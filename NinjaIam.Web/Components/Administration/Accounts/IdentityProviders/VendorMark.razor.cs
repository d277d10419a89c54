using Microsoft.AspNetCore.Components;
using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>Letters that stand where a logo would. The vendor's name has to stand near it.</summary>
public sealed partial class VendorMark : ComponentBase
{
    [Parameter, EditorRequired]
    public required Vendor Vendor { get; set; }
}
