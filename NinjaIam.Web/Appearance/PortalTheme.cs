using MudBlazor;

namespace NinjaIam.Web.Appearance;

/// <summary>The palette, type scale and shape of the portal as the component library wants them.</summary>
public static class PortalTheme
{
    public const string FontFamily =
        "\"Segoe UI\", -apple-system, BlinkMacSystemFont, Roboto, \"Noto Sans\", \"Liberation Sans\", Arial, sans-serif";

    private static readonly string[] Fonts =
    [
        "Segoe UI",
        "-apple-system",
        "BlinkMacSystemFont",
        "Roboto",
        "Noto Sans",
        "Liberation Sans",
        "Arial",
        "sans-serif",
    ];

    /// <summary>The theme for the provider in the interactive root. Both appearances are in it.</summary>
    public static MudTheme Both { get; } = Create(Colored(new PaletteLight(), dark: false), Colored(new PaletteDark(), dark: true));

    /// <summary>A theme whose light half carries the wanted appearance, for whoever reads only that half.</summary>
    internal static MudTheme Only(bool dark) => Create(Colored(new PaletteLight(), dark), new PaletteDark());

    private static MudTheme Create(PaletteLight light, PaletteDark dark) =>
        new()
        {
            PaletteLight = light,
            PaletteDark = dark,
            LayoutProperties = new LayoutProperties
            {
                DefaultBorderRadius = "6px",
                DrawerWidthLeft = "248px",
                DrawerWidthRight = "480px",
                AppbarHeight = "56px",
            },
            Typography = new Typography
            {
                Default = Sized(new DefaultTypography(), 14, 20, 400),
                H1 = Sized(new H1Typography(), 24, 32, 600),
                H2 = Sized(new H2Typography(), 16, 24, 600),
                H3 = Sized(new H3Typography(), 14, 20, 600),
                H4 = Sized(new H4Typography(), 14, 20, 600),
                H5 = Sized(new H5Typography(), 14, 20, 600),
                H6 = Sized(new H6Typography(), 16, 24, 600),
                Subtitle1 = Sized(new Subtitle1Typography(), 14, 20, 400),
                Subtitle2 = Sized(new Subtitle2Typography(), 12, 16, 600),
                Body1 = Sized(new Body1Typography(), 14, 20, 400),
                Body2 = Sized(new Body2Typography(), 13, 20, 400),
                Button = Sized(new ButtonTypography(), 14, 20, 600),
                Caption = Sized(new CaptionTypography(), 12, 16, 400),
                Overline = Sized(new OverlineTypography(), 12, 16, 600),
            },
        };

    private static T Sized<T>(T style, int size, int line, int weight)
        where T : BaseTypography
    {
        style.FontFamily = Fonts;
        style.FontSize = $"{size / 16m:0.####}rem";
        style.LineHeight = $"{line / 16m:0.####}rem";
        style.FontWeight = $"{weight}";
        style.LetterSpacing = "normal";
        style.TextTransform = "none";
        return style;
    }

    private static T Colored<T>(T palette, bool dark)
        where T : MudBlazor.Palette
    {
        palette.Background = Palette.Background.In(dark);
        palette.BackgroundGray = Palette.Sunken.In(dark);
        palette.Surface = Palette.Surface.In(dark);
        palette.DrawerBackground = Palette.Drawer.In(dark);
        palette.DrawerText = Palette.Text.In(dark);
        palette.DrawerIcon = Palette.TextSecondary.In(dark);
        palette.AppbarBackground = Palette.Drawer.In(dark);
        palette.AppbarText = Palette.Text.In(dark);
        palette.TextPrimary = Palette.Text.In(dark);
        palette.TextSecondary = Palette.TextSecondary.In(dark);
        palette.TextDisabled = Palette.TextDisabled.In(dark);
        palette.ActionDefault = Palette.TextSecondary.In(dark);
        palette.ActionDisabled = Palette.TextDisabled.In(dark);
        palette.ActionDisabledBackground = Palette.DisabledGround.In(dark);
        palette.LinesInputs = Palette.Control.In(dark);
        palette.LinesDefault = Palette.Line.In(dark);
        palette.TableLines = Palette.Line.In(dark);
        palette.TableHover = Palette.RowHover.In(dark);
        palette.Divider = Palette.Line.In(dark);
        palette.DividerLight = Palette.Line.In(dark);
        palette.Skeleton = Palette.SoftNeutral.In(dark);
        palette.GrayDarker = Palette.Tooltip.In(dark);
        palette.Dark = Palette.Tooltip.In(dark);
        palette.DarkContrastText = Palette.OnTooltip.In(dark);
        palette.Primary = Palette.Primary.In(dark);
        palette.PrimaryContrastText = Palette.OnPrimary.In(dark);
        palette.PrimaryDarken = Palette.PrimaryDarken.In(dark);
        palette.Secondary = Palette.Secondary.In(dark);
        palette.SecondaryContrastText = Palette.OnSecondary.In(dark);
        palette.Tertiary = Palette.Primary.In(dark);
        palette.TertiaryContrastText = Palette.OnPrimary.In(dark);
        palette.Info = Palette.Info.In(dark);
        palette.InfoContrastText = Palette.OnInfo.In(dark);
        palette.InfoDarken = Palette.Info.In(dark);
        palette.Success = Palette.Success.In(dark);
        palette.SuccessContrastText = Palette.OnSuccess.In(dark);
        palette.SuccessDarken = Palette.Success.In(dark);
        palette.Warning = Palette.Warning.In(dark);
        palette.WarningContrastText = Palette.OnWarning.In(dark);
        palette.WarningDarken = Palette.Warning.In(dark);
        palette.Error = Palette.Error.In(dark);
        palette.ErrorContrastText = Palette.OnError.In(dark);
        palette.ErrorDarken = Palette.Error.In(dark);
        palette.HoverOpacity = 0.08;
        return palette;
    }
}
