using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Profile;

/// <summary>
/// What a browser says of itself, in words that its owner knows. It is what the browser claims and proves nothing; what is not known stands as
/// it was sent, cut short.
/// </summary>
internal static class DeviceWords
{
    private const int Longest = 60;

    // The order matters: most browsers also name those they descend from.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];

    public static string Of(string? userAgent) =>
        string.IsNullOrWhiteSpace(userAgent)
            ? ProfileTexts.UnknownDevice
            : (NameIn(Browsers, userAgent), NameIn(Systems, userAgent)) switch
            {
                ({ } browser, { } system) => Wording.Fill(ProfileTexts.DeviceOn, browser, system),
                _ when userAgent.Length > Longest => $"{userAgent[..Longest]}…",
                _ => userAgent,
            };

    private static string? NameIn((string Mark, string Name)[] known, string userAgent) =>
        known.FirstOrDefault(each => userAgent.Contains(each.Mark, StringComparison.Ordinal)).Name;
}
