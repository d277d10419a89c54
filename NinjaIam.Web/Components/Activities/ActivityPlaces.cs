using NinjaIam.Core.Journal;

namespace NinjaIam.Web.Components.Activities;

/// <summary>Where what an activity concerns can be looked at.</summary>
internal static class ActivityPlaces
{
    /// <summary>The page of the person, group, provider or organization, or null when it has none.</summary>
    public static string? Of(Activity activity) =>
        (activity.ResourceType, activity.ResourceId) switch
        {
            _ when JournalKind.IsOfResource(activity.Kind) => null,
            ("User", { } id) when Guid.TryParse(id, out var user) => $"/administration/accounts/users/{user}",
            ("Group", { } id) when Guid.TryParse(id, out var group) => $"/administration/accounts/groups/{group}",
            ("Organization", { } id) => $"/administration/organizations?q={Uri.EscapeDataString(id)}",
            ("Provider" or "Token", _) => OfProvider(activity),
            _ => null,
        };

    public static string? OfProvider(Activity activity) =>
        activity.ProviderIdentifier is { } identifier ? $"/administration/accounts/identity-providers/{identifier}" : null;
}
