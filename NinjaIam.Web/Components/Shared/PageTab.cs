using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Shared;

/// <param name="Name">Its name in the page's address.</param>
public sealed record PageTab(string Name, string Title, RenderFragment Content);
