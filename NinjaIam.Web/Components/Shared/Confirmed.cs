namespace NinjaIam.Web.Components.Shared;

/// <param name="Choice">The value of the chosen way, or null when there was none to choose.</param>
public sealed record Confirmed(string? Choice);
