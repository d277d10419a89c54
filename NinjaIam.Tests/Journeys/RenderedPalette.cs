using System.Text.Json;
using Microsoft.Playwright;
using NinjaIam.Web.Appearance;

namespace NinjaIam.Tests.Journeys;

/// <summary>Reads the palette from a rendered page, wherever something could have changed it on the way: the page, dialogs, menus.</summary>
internal static class RenderedPalette
{
    private const string ReadScript = """
        names => {
            const places = { page: document.body };
            const add = (name, selector) => { const found = document.querySelector(selector); if (found) places[name] = found; };
            add('dialog', '[role=dialog]');
            add('menu', '.mud-popover-open');
            add('main', 'main');
            const probe = document.createElement('span');
            const colours = {};
            for (const [place, element] of Object.entries(places)) {
                element.appendChild(probe);
                for (const name of names) {
                    probe.style.color = `var(--ui-${name})`;
                    colours[`${place} ${name}`] = getComputedStyle(probe).color;
                }
                probe.remove();
            }
            return JSON.stringify(colours);
        }
        """;

    /// <summary>Every colour that is not what <see cref="Palette"/> says, named by its place.</summary>
    public static async Task<IReadOnlyList<string>> DeviationsAsync(IPage page, bool dark)
    {
        var names = Palette.All.Select(color => color.Name).ToArray();
        var json = await page.EvaluateAsync<string>(ReadScript, names);
        var rendered = JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
        var wanted = Palette.All.ToDictionary(color => color.Name, color => Rgb(color.In(dark)));
        return
        [
            .. rendered
                .Where(pair => pair.Value != wanted[pair.Key.Split(' ')[1]])
                .Select(pair => $"the colour {pair.Key} is {pair.Value} and not {wanted[pair.Key.Split(' ')[1]]}"),
        ];
    }

    private static string Rgb(string hex) =>
        $"rgb({Convert.ToInt32(hex[1..3], 16)}, {Convert.ToInt32(hex[3..5], 16)}, {Convert.ToInt32(hex[5..7], 16)})";
}
