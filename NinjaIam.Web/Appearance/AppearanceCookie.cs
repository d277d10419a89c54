namespace NinjaIam.Web.Appearance;

/// <summary>Keeps the choice in the browser, where it also holds on pages that are seen before signing in.</summary>
public static class AppearanceCookie
{
    public const string Name = "appearance";

    public static AppearanceChoice Read(HttpRequest request) => Parse(request.Cookies[Name]);

    public static AppearanceChoice Parse(string? value) =>
        value switch
        {
            "light" => AppearanceChoice.Light,
            "dark" => AppearanceChoice.Dark,
            _ => AppearanceChoice.System,
        };

    public static string Write(AppearanceChoice choice) =>
        choice switch
        {
            AppearanceChoice.Light => "light",
            AppearanceChoice.Dark => "dark",
            _ => "system",
        };
}
