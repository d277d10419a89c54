using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace NinjaIam.Tests.Journeys;

/// <summary>
/// What every page and dialog on a journey must stand: axe finds nothing, wide and narrow, and nothing about colours in light and dark when wide; nothing
/// scrolls sideways, is cut off or covered; every colour of the palette is what the class says, also inside dialogs and menus.
/// </summary>
internal sealed class Inspection
{
    /// <summary>
    /// Set it to a directory to write a picture of every page and dialog there; the administrators' quick start uses some of them.
    /// </summary>
    private const string PicturesVariable = "NINJAIAM_PICTURES";

    private const string Contrast = "color-contrast";

    public const int Wide = 1440;
    public const int Narrow = 360;

    private static readonly (int Width, int Height)[] Sizes = [(Wide, 900), (Narrow, 780)];

    // The themes differ in their colours and in nothing else that axe looks at, and colours do not depend on the width: RenderedPalette
    // sees that they are those of the class in either.
    private static readonly AxeRunOptions ColoursOnly = new() { RunOnly = RunOnlyOptions.Rules(Contrast) };
    private static readonly AxeRunOptions WithoutColours = new()
    {
        Rules = new Dictionary<string, RuleOptions> { [Contrast] = new() { Enabled = false } },
    };

    private readonly List<string> _findings = [];

    /// <summary>Makes the page wide or narrow.</summary>
    public static Task ResizeAsync(IPage page, int width) =>
        page.SetViewportSizeAsync(width, Sizes.First(size => size.Width == width).Height);

    /// <summary>Looks at the page as it stands, keeps what it finds, and leaves the page wide and light.</summary>
    public async Task LookAsync(IPage page, string name)
    {
        await LookAtAsync(page, name, Wide);
        await LookAtAsync(page, name, Narrow);
        await ResizeAsync(page, Wide);
    }

    /// <summary>Looks at the page in one width and leaves it so: for what is only there, or stands elsewhere, in that width.</summary>
    public async Task LookAtAsync(IPage page, string name, int width)
    {
        await ResizeAsync(page, width);
        foreach (var theme in new[] { "dark", "light" })
        {
            await page.EvaluateAsync("theme => document.documentElement.dataset.theme = theme", theme);
            var violations = (theme, width) switch
            {
                ("light", Wide) => (await page.RunAxe()).Violations,
                ("light", _) => (await page.RunAxe(WithoutColours)).Violations,
                (_, Wide) => (await page.RunAxe(ColoursOnly)).Violations,
                _ => [],
            };
            _findings.AddRange(
                violations.Select(violation =>
                    $"{name} {theme} {width}: {violation.Id}: {violation.Help}\n    "
                    + string.Join(
                        "\n    ",
                        violation.Nodes.Select(node => $"{node.Html} {string.Join(' ', node.Any.Select(check => check.Message))}")
                    )
                )
            );
            _findings.AddRange(
                (await RenderedPalette.DeviationsAsync(page, theme == "dark")).Select(deviation => $"{name} {theme} {width}: {deviation}")
            );
            await PictureAsync(page, name, theme, width);
        }

        _findings.AddRange((await RenderedLayout.FindingsAsync(page)).Select(finding => $"{name} {width}: {finding}"));
    }

    /// <summary>Throws with everything that was found on the way, page by page.</summary>
    public void AssertNothingFound()
    {
        if (_findings.Count > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, _findings));
        }
    }

    private static async Task PictureAsync(IPage page, string name, string theme, int width)
    {
        if (Environment.GetEnvironmentVariable(PicturesVariable) is not { Length: > 0 } directory)
        {
            return;
        }

        var isPlain = theme == "light" && width == Wide;
        var path = isPlain ? Path.Combine(directory, $"{name}.png") : Path.Combine(directory, "variants", $"{name}-{theme}-{width}.png");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = path });
    }
}
