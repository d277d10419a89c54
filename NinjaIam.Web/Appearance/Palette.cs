namespace NinjaIam.Web.Appearance;

/// <summary>
/// Every colour of the portal. The component theme, the style sheet of all pages and the contrast test read it from here;
/// no other file names a colour.
/// </summary>
public static class Palette
{
    public static PaletteColor Background { get; } = new("background", "#F5F7FA", "#0F141C");
    public static PaletteColor Surface { get; } = new("surface", "#FFFFFF", "#171E29");
    public static PaletteColor Sunken { get; } = new("sunken", "#EDF0F5", "#0B1017");
    public static PaletteColor Drawer { get; } = new("drawer", "#FFFFFF", "#131A24");
    public static PaletteColor Text { get; } = new("text", "#18212F", "#E7ECF3");
    public static PaletteColor TextSecondary { get; } = new("text-secondary", "#4A5567", "#AAB5C5");
    public static PaletteColor TextDisabled { get; } = new("text-disabled", "#5C6778", "#929EAF");
    public static PaletteColor DisabledGround { get; } = new("disabled-ground", "#E9EDF2", "#242D3A");
    public static PaletteColor Control { get; } = new("control", "#727D8E", "#76839A");
    public static PaletteColor Line { get; } = new("line", "#D9DFE8", "#2B3545");
    public static PaletteColor RowHover { get; } = new("row-hover", "#F5F7FA", "#1C2532");
    public static PaletteColor Tooltip { get; } = new("tooltip", "#18212F", "#E7ECF3");
    public static PaletteColor OnTooltip { get; } = new("on-tooltip", "#FFFFFF", "#18212F");

    public static PaletteColor Primary { get; } = new("primary", "#1E56C5", "#8FB4FF");
    public static PaletteColor PrimaryDarken { get; } = new("primary-darken", "#17459F", "#A9C5FF");
    public static PaletteColor OnPrimary { get; } = new("on-primary", "#FFFFFF", "#0C1A36");
    public static PaletteColor Secondary { get; } = new("secondary", "#465266", "#B6C1D1");
    public static PaletteColor OnSecondary { get; } = new("on-secondary", "#FFFFFF", "#141B26");
    public static PaletteColor Info { get; } = new("info", "#0A628F", "#7CC4EE");
    public static PaletteColor OnInfo { get; } = new("on-info", "#FFFFFF", "#06202F");
    public static PaletteColor Success { get; } = new("success", "#17693B", "#73D19B");
    public static PaletteColor OnSuccess { get; } = new("on-success", "#FFFFFF", "#06251A");
    public static PaletteColor Warning { get; } = new("warning", "#875200", "#F0B95B");
    public static PaletteColor OnWarning { get; } = new("on-warning", "#FFFFFF", "#2A1B00");
    public static PaletteColor Error { get; } = new("error", "#B3261E", "#FF9C93");
    public static PaletteColor OnError { get; } = new("on-error", "#FFFFFF", "#3A0906");

    public static PaletteColor SoftPrimary { get; } = new("soft-primary", "#E6EDFB", "#1C2D4D");
    public static PaletteColor SoftNeutral { get; } = new("soft-neutral", "#E9EDF2", "#26303F");
    public static PaletteColor SoftInfo { get; } = new("soft-info", "#E0F0F8", "#10324A");
    public static PaletteColor SoftSuccess { get; } = new("soft-success", "#E0F2E7", "#123A26");
    public static PaletteColor SoftWarning { get; } = new("soft-warning", "#FBEFD8", "#3E2C0C");
    public static PaletteColor SoftError { get; } = new("soft-error", "#FBE9E7", "#47201D");

    public static IReadOnlyList<PaletteColor> All { get; } =
    [
        Background,
        Surface,
        Sunken,
        Drawer,
        Text,
        TextSecondary,
        TextDisabled,
        DisabledGround,
        Control,
        Line,
        RowHover,
        Tooltip,
        OnTooltip,
        Primary,
        PrimaryDarken,
        OnPrimary,
        Secondary,
        OnSecondary,
        Info,
        OnInfo,
        Success,
        OnSuccess,
        Warning,
        OnWarning,
        Error,
        OnError,
        SoftPrimary,
        SoftNeutral,
        SoftInfo,
        SoftSuccess,
        SoftWarning,
        SoftError,
    ];
}
