using NinjaIam.Web.Components.Shared;
using OfferedLanguages = NinjaIam.Core.Provisioning.Languages;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>What somebody's language and time zone are chosen from.</summary>
internal static class SettingOptions
{
    public static IReadOnlyList<Option> Languages { get; } =
    [.. OfferedLanguages.Offered.Select(language => new Option(language, OfferedLanguages.NameOf(language)))];

    public static IReadOnlyList<Option> TimeZones { get; } =
    [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Order(StringComparer.Ordinal).Select(id => new Option(id, id))];
}
