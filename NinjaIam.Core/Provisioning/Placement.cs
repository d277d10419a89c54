using System.Globalization;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning;

/// <summary>Where a person belongs, as organizationId or the provider's default says.</summary>
internal sealed record Placement(bool All, IReadOnlySet<int> Organizations)
{
    private const string AllWord = "All";
    private const int MostOrganizations = 1000;

    /// <summary>Reads what was sent: <c>All</c>, or integers separated by commas or semicolons. Blank means the provider's default.</summary>
    public static async Task<ProvisioningOutcome<Placement>> ReadAsync(WriteScope scope, ProviderInScope provider, string? organizationId)
    {
        var parts = (organizationId ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0)
        {
            var none = provider.DefaultOrganizationId is { } standard ? (int[])[standard] : [];
            return new Placement(false, await provider.UsableAsync(scope, none));
        }

        if (parts.FirstOrDefault(part => part.Equals(AllWord, StringComparison.OrdinalIgnoreCase)) is { } all)
        {
            return provider.AllOrganizations ? new Placement(true, new HashSet<int>()) : Refusals.OrganizationsNotAllowed([all]);
        }

        if (parts.Length > MostOrganizations)
        {
            return ScimError.InvalidValue(
                $"organizationId names more than {MostOrganizations} organizations. Send {AllWord} or fewer of them."
            );
        }

        var numbers = parts.ToDictionaryOfNumbers();
        var usable = await provider.UsableAsync(scope, numbers.Values.OfType<int>().Distinct());
        var bad = numbers.Where(pair => pair.Value is not { } id || !usable.Contains(id)).Select(pair => pair.Key).ToList();
        return bad.Count > 0 ? Refusals.OrganizationsNotAllowed(bad) : new Placement(false, usable);
    }
}

file static class Numbers
{
    public static Dictionary<string, int?> ToDictionaryOfNumbers(this IEnumerable<string> parts) =>
        parts
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(
                part => part,
                part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? (int?)id : null,
                StringComparer.Ordinal
            );
}
