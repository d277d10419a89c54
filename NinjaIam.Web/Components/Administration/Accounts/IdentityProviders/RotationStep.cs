namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>The steps of a rotation, in order.</summary>
public enum RotationStep
{
    Create,
    Paste,
    Confirm,
    Revoke,
}
