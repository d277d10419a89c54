using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Settings;

/// <summary>What holds for the whole installation.</summary>
public sealed partial class SettingsPage : ComponentBase
{
    public const string Address = "/administration/settings";

    private static readonly IReadOnlyList<PageTab> Tabs = [new("schemas", SettingsTexts.TabSchemas, Schemas)];

    private static void Schemas(RenderTreeBuilder builder)
    {
        builder.OpenComponent<ScimSchemas>(0);
        builder.CloseComponent();
    }
}
