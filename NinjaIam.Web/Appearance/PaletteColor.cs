namespace NinjaIam.Web.Appearance;

/// <summary>One role of the palette.</summary>
/// <param name="Name">The name of the CSS variable, without the leading <c>--ui-</c>.</param>
/// <param name="Light">Six-digit hexadecimal colour in the light appearance.</param>
/// <param name="Dark">Six-digit hexadecimal colour in the dark appearance.</param>
public sealed record PaletteColor(string Name, string Light, string Dark)
{
    public string In(bool dark) => dark ? Dark : Light;
}
