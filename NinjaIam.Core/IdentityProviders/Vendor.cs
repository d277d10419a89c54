namespace NinjaIam.Core.IdentityProviders;

public enum Vendor
{
    Custom,
}
