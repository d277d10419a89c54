using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Storage;

namespace NinjaIam.Bench;

/// <summary>
/// From an identity provider deactivating somebody to the page that the person has open being gone, in real Chromium: the circuit is closed,
/// and the browser shows the sign-in page without anybody having clicked.
/// </summary>
internal static class ClosingCircuits
{
    public const string Work = "closing";
    public const int Size = 1_000;
    public const int Runs = 200;

    private const int Browsers = 4;
    private const double LimitMilliseconds = 5_000;
    private const string Password = "bench bench bench";
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>Gives people a password, so that they can sign in.</summary>
    /// <returns>Their ids and user names.</returns>
    public static Task<List<(Guid Id, string UserName)>> PrepareAsync(CoreDirectory core, int count, CancellationToken cancellationToken)
    {
        var hash = core.Get<IPasswordHasher<User>>().HashPassword(new User(), Password);
        return core.Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    var people = await scope
                        .Database.Users.Where(user => user.ProviderId == core.ProviderId && user.Active)
                        .OrderBy(user => user.Id)
                        .Take(count)
                        .ToListAsync(CancellationToken.None);
                    people.ForEach(person => person.PasswordHash = hash);
                    await scope.Database.SaveChangesAsync(CancellationToken.None);
                    return people.ConvertAll(person => (person.Id, person.UserName!));
                },
                cancellationToken
            );
    }

    public static async Task<Figure> RunAsync(
        Portal portal,
        IReadOnlyList<(Guid Id, string UserName)> people,
        CancellationToken cancellationToken
    )
    {
        var executable = Environment.GetEnvironmentVariable("NINJAIAM_CHROMIUM") is { Length: > 0 } chosen
            ? chosen
            : Array.Find(Places, File.Exists)
                ?? throw new WorkFailedException("Chromium is not installed. Install it, or set NINJAIAM_CHROMIUM to its path.");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = executable, Args = ["--no-sandbox", "--disable-gpu"] }
        );
        var waiting = new ConcurrentQueue<(Guid Id, string UserName)>(people);
        var parts = await Task.WhenAll(Enumerable.Range(0, Browsers).Select(_ => WorkAsync()));
        var times = new Histogram();
        Array.ForEach(parts, times.Add);
        return Figure.OfTimes(
            Work,
            $"PATCH active=false until the page is gone, {Browsers} pages at a time",
            $"{times.Count} runs",
            times,
            LimitMilliseconds
        );

        async Task<Histogram> WorkAsync()
        {
            var part = new Histogram();
            using var client = await Client.OpenAsync(portal.Target, cancellationToken);
            while (waiting.TryDequeue(out var person))
            {
                cancellationToken.ThrowIfCancellationRequested();
                part.Record(await OnceAsync(browser, portal.Target, client, person, cancellationToken));
            }

            return part;
        }
    }

    private static async Task<long> OnceAsync(
        IBrowser browser,
        Target target,
        Client client,
        (Guid Id, string UserName) person,
        CancellationToken cancellationToken
    )
    {
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = $"http://{target.Address}" });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Email").FillAsync(person.UserName);
        await page.Locator("input[type=password]").FillAsync(Password);
        await page.Keyboard.PressAsync("Enter");
        // Drawn by the circuit alone.
        await page.GetByRole(AriaRole.Heading, new() { Name = "My profile", Level = 1 }).WaitForAsync();
        await page.WaitForFunctionAsync("() => !document.querySelector('[aria-busy=true]')");

        var begin = Stopwatch.GetTimestamp();
        await client.SendAsync(
            "PATCH",
            $"/Users/{person.Id}",
            """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"active","value":false}]}
            """,
            [200],
            cancellationToken
        );
        await page.WaitForURLAsync("**/sign-in**");
        return Stopwatch.GetTimestamp() - begin;
    }
}
