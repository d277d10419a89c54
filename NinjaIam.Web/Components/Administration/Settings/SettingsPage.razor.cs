using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Settings;

/// <summary>What holds for the whole installation.</summary>
public sealed partial class SettingsPage : ComponentBase
{
    public const string Address = "/administration/settings";
    public const string SchemasAddress = $"{Address}?tab=schemas";

    private static readonly IReadOnlyList<PageTab> Tabs =
    [
        new("mail", SettingsTexts.TabMail, Show<MailSettings>),
        new("schemas", SettingsTexts.TabSchemas, Show<ScimSchemas>),
    ];

    private static void Show<TTab>(RenderTreeBuilder builder)
        where TTab : IComponent
    {
        builder.OpenComponent<TTab>(0);
        builder.CloseComponent();
    }
}
