namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>Everything a provider did, and everything it was refused.</summary>
public sealed partial class ProviderActivities;
