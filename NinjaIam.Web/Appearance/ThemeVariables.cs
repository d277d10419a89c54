using System.Text;
using MudBlazor;

namespace NinjaIam.Web.Appearance;

/// <summary>
/// Asks the component library for the variables it would set from a theme, so that our own style sheet can set the same
/// ones before a circuit exists. Never rendered.
/// </summary>
internal sealed class ThemeVariables : MudThemeProvider
{
    private ThemeVariables(bool dark) => Theme = PortalTheme.Only(dark);

    public static string For(bool dark)
    {
        var css = new StringBuilder();
        new ThemeVariables(dark).GenerateTheme(css);
        return css.ToString();
    }
}
