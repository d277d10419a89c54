namespace NinjaIam.Web.Components.Shared;

/// <param name="Href">Null for a step that has no page of its own.</param>
public sealed record Crumb(string Text, string? Href = null);
