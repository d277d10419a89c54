using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Journal;
using NinjaIam.Web;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Hosting;
using Xunit;

namespace NinjaIam.Tests.Support;

/// <summary>
/// The whole portal as it is shipped, on a free port over a temporary directory, asked over real HTTP. Its clock stands at noon UTC on
/// 23 November 2026 and moves only when a test moves it, unless another clock is set first. It starts without an administrator.
/// </summary>
public sealed partial class PortalHost : IAsyncLifetime
{
    public const string Email = "ada@example.com";
    public const string Password = "correct horse battery";

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"ninjaiam-test-{Guid.NewGuid():N}");
    private readonly List<HttpClient> _browsers = [];
    private WebApplication? _app;

    public TimeProvider Clock { get; init; } = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Most tests sign in with a password alone.</summary>
    public SecondFactorRule SecondFactor { get; init; } = SecondFactorRule.Offered;

    public string DataDirectory => _directory;

    public Uri Address => PublicAddress.BoundAddressOf(App);

    public IServiceProvider Services => App.Services;

    private WebApplication App => _app ?? throw new InvalidOperationException("Await InitializeAsync first.");

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public void Advance(TimeSpan time) => ((FakeTimeProvider)Clock).Advance(time);

    public async Task InitializeAsync()
    {
        await MigratedDatabase.CopyToAsync(_directory);
        _app = PortalApplication.Build(
            new PortalSettings
            {
                Urls = "http://127.0.0.1:0",
                DataDirectory = _directory,
                SecondFactor = SecondFactor,
                Clock = Clock,
            }
        );
        await _app.StartServingAsync(CancellationToken.None);
    }

    /// <summary>Ends the program and starts it again over the same data, on another port.</summary>
    public async Task RestartAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        await InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var browser in _browsers)
        {
            browser.Dispose();
        }

        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Creates a system administrator who can sign in with <see cref="Email"/> and <see cref="Password"/>.</summary>
    public async Task<Guid> CreateAdministratorAsync(string email = Email) =>
        Installation.Done(
            await Get<Administrators>()
                .CreateAsync(
                    new NewAdministrator
                    {
                        FullName = "Ada Lind",
                        Email = email,
                        Password = Password,
                    },
                    onlyAsFirst: false,
                    Origin.Of(Actor.CommandLine),
                    CancellationToken.None
                )
        );

    /// <summary>Path of a new one-time link for the first administrator.</summary>
    public string CreateFirstRunPath() => Get<FirstRunLink>().Create();

    /// <summary>Somebody's browser: it keeps its cookies, and shows redirects instead of following them.</summary>
    public HttpClient OpenBrowser()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        var browser = new HttpClient(handler) { BaseAddress = Address };
        _browsers.Add(browser);
        return browser;
    }

    /// <summary>Opens the page, fills its form in and sends it as a browser does, hidden fields included.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(HttpClient browser, string path, params (string Name, string Value)[] fields)
    {
        var page = await browser.GetStringAsync(new Uri(path, UriKind.Relative));
        return await SendAsync(browser, path, page, fields);
    }

    /// <summary>Sends the form of a page that was opened before.</summary>
    public static Task<HttpResponseMessage> SendAsync(
        HttpClient browser,
        string path,
        string page,
        params (string Name, string Value)[] fields
    )
    {
        var hidden = HiddenField()
            .Matches(page)
            .Select(match => KeyValuePair.Create(match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)))
            .DistinctBy(pair => pair.Key);
        var content = new FormUrlEncodedContent([.. hidden, .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        return browser.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    public static Task<HttpResponseMessage> SignInAsync(
        HttpClient browser,
        string email = Email,
        string password = Password,
        string path = "/sign-in"
    ) => SubmitAsync(browser, path, ("email", email), ("password", password));

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)" ?/?>""")]
    private static partial Regex HiddenField();
}
