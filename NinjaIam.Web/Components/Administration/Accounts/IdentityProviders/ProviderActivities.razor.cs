namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>The way to everything that happened with this provider.</summary>
public sealed partial class ProviderActivities;
