namespace NinjaIam.Web.Components.Shared;

/// <summary>One of several values to choose from.</summary>
public sealed record Option(string Value, string Text);
