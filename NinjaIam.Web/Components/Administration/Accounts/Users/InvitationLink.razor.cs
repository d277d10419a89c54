using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>Where an invitation goes: by mail, or as a link to be handed over, which is shown here and nowhere again.</summary>
public sealed partial class InvitationLink(PortalAddress address, InvitationMail mail, PersonClock clock) : ComponentBase
{
    [Parameter, EditorRequired]
    public required Invitation Invitation { get; set; }
}
