using System.Security.Cryptography;
using System.Text;

namespace NinjaIam.Web.Appearance;

/// <summary>
/// The style sheet that holds every colour as a variable, for both appearances. The choice stands in the page's
/// <c>data-theme</c>, so the first paint is right without a script.
/// </summary>
public static class AppearanceStyles
{
    public const string Path = "/appearance.css";

    public static string Css { get; } = Write();

    /// <summary>Address of the style sheet; it changes with the content, so that it may be cached for ever.</summary>
    public static string Address { get; } = $"{Path}?v={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))[..12]}";

    private static string Write()
    {
        var light = Variables(dark: false);
        var dark = Variables(dark: true);

        // The attribute makes these rules stronger than the ":root" of the theme provider, whose values arrive later.
        return $$"""
            html:root, html:root[data-theme] {{{light}}}
            @media (prefers-color-scheme: dark) {
            html:root[data-theme="system"] {{{dark}}}
            }
            html:root[data-theme="dark"] {{{dark}}}
            """;
    }

    private static string Variables(bool dark)
    {
        var css = new StringBuilder();
        css.Append('\n').Append(dark ? "color-scheme: dark;" : "color-scheme: light;").Append('\n');
        foreach (var color in Palette.All)
        {
            css.Append("--ui-").Append(color.Name).Append(": ").Append(color.In(dark)).Append(";\n");
        }

        return css.Append(ThemeVariables.For(dark)).ToString();
    }
}
