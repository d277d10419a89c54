namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>Where metadata is imported from.</summary>
public enum MetadataWay
{
    Url,
    File,
    Xml,
}
