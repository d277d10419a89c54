namespace NinjaIam.Web.Components.Shared;

/// <summary>What a colour says. Nothing else in the portal has colour.</summary>
public enum StatusRole
{
    Neutral,
    Info,
    Success,
    Warning,
    Error,
}
