namespace NinjaIam.Web.Appearance;

/// <summary>What a person chose to look at. System follows the device.</summary>
public enum AppearanceChoice
{
    System,
    Light,
    Dark,
}
