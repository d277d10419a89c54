using System.Globalization;
using NinjaIam.Web.Appearance;
using Xunit;

namespace NinjaIam.Tests.Web.Appearance;

public sealed class PaletteTests
{
    private const double ForText = 4.5;
    private const double ForControls = 3.0;

    private static readonly PaletteColor[] Grounds =
    [
        Palette.Surface,
        Palette.Background,
        Palette.Sunken,
        Palette.Drawer,
        Palette.RowHover,
    ];

    private static readonly PaletteColor[] Writing =
    [
        Palette.Text,
        Palette.TextSecondary,
        Palette.TextDisabled,
        Palette.Primary,
        Palette.Info,
        Palette.Success,
        Palette.Warning,
        Palette.Error,
    ];

    private static readonly (PaletteColor Colour, PaletteColor Ground)[] Soft =
    [
        (Palette.Primary, Palette.SoftPrimary),
        (Palette.Info, Palette.SoftInfo),
        (Palette.Success, Palette.SoftSuccess),
        (Palette.Warning, Palette.SoftWarning),
        (Palette.Error, Palette.SoftError),
        (Palette.TextSecondary, Palette.SoftNeutral),
    ];

    public static TheoryData<string, string, bool, double> Pairs()
    {
        var pairs = new TheoryData<string, string, bool, double>();
        foreach (var dark in new[] { false, true })
        {
            foreach (var ground in Grounds)
            {
                Array.ForEach(Writing, writing => pairs.Add(writing.Name, ground.Name, dark, ForText));
                pairs.Add(Palette.Control.Name, ground.Name, dark, ForControls);
                pairs.Add(Palette.Primary.Name, ground.Name, dark, ForControls);
            }

            foreach (var (colour, ground) in Soft)
            {
                pairs.Add(colour.Name, ground.Name, dark, ForText);
                pairs.Add(Palette.Text.Name, ground.Name, dark, ForText);
            }

            pairs.Add(Palette.OnPrimary.Name, Palette.Primary.Name, dark, ForText);
            pairs.Add(Palette.OnPrimary.Name, Palette.PrimaryDarken.Name, dark, ForText);
            pairs.Add(Palette.OnSecondary.Name, Palette.Secondary.Name, dark, ForText);
            pairs.Add(Palette.OnInfo.Name, Palette.Info.Name, dark, ForText);
            pairs.Add(Palette.OnSuccess.Name, Palette.Success.Name, dark, ForText);
            pairs.Add(Palette.OnWarning.Name, Palette.Warning.Name, dark, ForText);
            pairs.Add(Palette.OnError.Name, Palette.Error.Name, dark, ForText);
            pairs.Add(Palette.TextDisabled.Name, Palette.DisabledGround.Name, dark, ForText);
            pairs.Add(Palette.OnTooltip.Name, Palette.Tooltip.Name, dark, ForText);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_colour_is_readable_on_every_ground_it_stands_on(string colour, string ground, bool dark, double needed)
    {
        var contrast = Contrast(Named(colour).In(dark), Named(ground).In(dark));

        Assert.True(contrast >= needed, $"{colour} on {ground} has {contrast:0.00}, needs {needed:0.0}.");
    }

    [Theory]
    [InlineData("text", "surface", 16.19, 14.11)]
    [InlineData("text-secondary", "background", 7.02, 8.90)]
    [InlineData("error", "sunken", 5.72, 9.47)]
    [InlineData("control", "surface", 4.17, 4.37)]
    [InlineData("warning", "soft-warning", 5.70, 7.51)]
    public void The_contrast_is_the_measured_one(string colour, string ground, double light, double dark)
    {
        Assert.Equal(light, Contrast(Named(colour).Light, Named(ground).Light), 0.01);
        Assert.Equal(dark, Contrast(Named(colour).Dark, Named(ground).Dark), 0.01);
    }

    [Fact]
    public void The_component_theme_takes_its_colours_from_the_palette()
    {
        var theme = PortalTheme.Both;

        Assert.Equal(
            Palette.Primary.Light,
            theme.PaletteLight.Primary.ToString(MudBlazor.Utilities.MudColorOutputFormats.Hex),
            ignoreCase: true
        );
        Assert.Equal(
            Palette.Surface.Dark,
            theme.PaletteDark.Surface.ToString(MudBlazor.Utilities.MudColorOutputFormats.Hex),
            ignoreCase: true
        );
    }

    [Fact]
    public void The_style_sheet_names_every_colour_in_both_appearances_and_the_component_variables_too()
    {
        foreach (var colour in Palette.All)
        {
            Assert.Contains($"--ui-{colour.Name}: {colour.Light};", AppearanceStyles.Css, StringComparison.Ordinal);
            Assert.Contains($"--ui-{colour.Name}: {colour.Dark};", AppearanceStyles.Css, StringComparison.Ordinal);
        }

        Assert.Contains("--mud-palette-primary:", AppearanceStyles.Css, StringComparison.Ordinal);
    }

    private static PaletteColor Named(string name) => Palette.All.Single(colour => colour.Name == name);

    private static double Contrast(string first, string second)
    {
        var (a, b) = (Luminance(first), Luminance(second));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    // WCAG 2, relative luminance.
    private static double Luminance(string hex)
    {
        double Channel(int start)
        {
            var value = int.Parse(hex.AsSpan(start, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }
}
