namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>The two connections of a provider, single sign-on and SCIM, and how far its setup is.</summary>
public sealed partial class ProviderOverview;
