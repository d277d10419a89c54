using System.Globalization;
using NinjaIam.Core.Journal;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>What an edit of a provider changed, for the journal.</summary>
internal static class ProviderChanges
{
    public static List<ChangedValue> Between(ProviderInput? before, ProviderInput after)
    {
        var changes = new List<ChangedValue>();
        Add("vendor", before?.Vendor?.ToString(), after.Vendor?.ToString());
        Add("displayName", before?.DisplayName, after.DisplayName.Trim());
        Add("domains", before is null ? null : string.Join(", ", before.Domains), string.Join(", ", after.Domains));
        Add("organizations", before is null ? null : Organizations(before), Organizations(after));
        Add("defaultOrganization", Text(before?.DefaultOrganizationId), Text(after.DefaultOrganizationId));
        Add("mayCreateTechnicians", before is null ? null : Text(before.MayCreateTechnicians), Text(after.MayCreateTechnicians));
        Add("allowsEqualGroupNames", before is null ? null : Text(before.AllowsEqualGroupNames), Text(after.AllowsEqualGroupNames));
        Add("adoptionPolicy", before?.AdoptionPolicy.ToString(), after.AdoptionPolicy.ToString());
        Add("holdsMassDepartures", before is null ? null : Text(before.HoldsMassDepartures), Text(after.HoldsMassDepartures));
        return changes;

        void Add(string attribute, string? old, string? now)
        {
            if (old != now)
            {
                changes.Add(new ChangedValue(attribute, old, now));
            }
        }
    }

    private static string Organizations(ProviderInput input) =>
        input.AllOrganizations
            ? "All"
            : string.Join(", ", input.OrganizationIds.Order().Select(id => id.ToString(CultureInfo.InvariantCulture)));

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Text(bool flag) => flag ? "true" : "false";
}
