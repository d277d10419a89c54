namespace NinjaIam.Web.Components.Shared;

/// <param name="Name">Its name in the page's address.</param>
/// <param name="Label">What people read while nothing is chosen, and the name of the control.</param>
public sealed record ListFilter(string Name, string Label, IReadOnlyList<Option> Options);
