using System.Collections.Concurrent;
using Microsoft.Playwright;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Journeys;

/// <summary>One browser for all journeys. They run one after the other and beside nothing else.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        // A guard against hanging, not a measure: a busy machine may take its time.
        Assertions.SetDefaultExpectTimeout(30_000);
        if (BrowserFactAttribute.Executable is not { } executable)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = executable,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>Runs a journey in a browser context of its own. A failure leaves its trace and a screenshot in <c>artifacts/journeys</c>.</summary>
    public async Task RunAsync(string name, Uri portal, Func<IPage, Task> journey)
    {
        await using var context = await NewContextAsync(portal);
        await context.Tracing.StartAsync(new TracingStartOptions { Screenshots = true, Snapshots = true });
        var errors = new ConcurrentQueue<string>();
        context.Console += (_, message) => Keep(errors, message, portal);
        context.WebError += (_, error) => errors.Enqueue(error.Error);
        var page = await context.NewPageAsync();
        try
        {
            await journey(page);
            Assert.Empty(errors);
            await context.Tracing.StopAsync();
        }
        catch
        {
            var place = Path.Combine(Repository.Root, "artifacts", "journeys");
            Directory.CreateDirectory(place);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(place, $"{name}.png"), FullPage = true });
            await context.Tracing.StopAsync(new TracingStopOptions { Path = Path.Combine(place, $"{name}.zip") });
            throw;
        }
    }

    // The browser also reports a page that answers with an error status, which a journey may do on purpose and sees by itself.
    // What is wrong with the pages of an identity provider is not ours.
    private static void Keep(ConcurrentQueue<string> errors, IConsoleMessage message, Uri portal)
    {
        if (
            message.Type == "error"
            && (message.Page is null || message.Page.Url.StartsWith(portal.ToString(), StringComparison.Ordinal))
            && !(message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) && IsOwnAddress(message))
        )
        {
            errors.Enqueue($"{message.Page?.Url}: {message.Text} ({message.Location})");
        }
    }

    private static bool IsOwnAddress(IConsoleMessage message) =>
        message.Page is { } page && message.Location.StartsWith($"{page.Url}:", StringComparison.Ordinal);

    private Task<IBrowserContext> NewContextAsync(Uri portal) =>
        (_browser ?? throw new InvalidOperationException("There is no Chromium here. ./test.sh installs it.")).NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = portal.ToString(),
                ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
                ReducedMotion = ReducedMotion.Reduce,
                Locale = "en-GB",
                Permissions = ["clipboard-read", "clipboard-write"],
            }
        );
}

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class JourneyCollection : ICollectionFixture<Chromium>
{
    public const string Name = "Journeys";
}
