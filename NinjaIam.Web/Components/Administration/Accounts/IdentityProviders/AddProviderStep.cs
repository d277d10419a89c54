namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>The steps of Add provider, in order. Their names stand in the address.</summary>
public enum AddProviderStep
{
    Provider,
    Details,
    Connect,
    Review,
}
