namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>The two connections of a provider: single sign-on and SCIM.</summary>
public sealed partial class ProviderOverview;
