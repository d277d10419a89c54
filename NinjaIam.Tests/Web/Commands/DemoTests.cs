using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Commands;
using Xunit;

namespace NinjaIam.Tests.Web.Commands;

public sealed partial class DemoTests : IDisposable
{
    private readonly string _data = Path.Combine(Path.GetTempPath(), $"ninjaiam-test-{Guid.NewGuid():N}");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (Directory.Exists(_data))
        {
            Directory.Delete(_data, recursive: true);
        }
    }

    [Fact]
    public async Task It_prints_exactly_four_lines_and_they_work()
    {
        await using var terminal = new RecordedTerminal();

        await terminal.RunUntilAsync("SCIM token", "demo", "--bare", "--urls", "http://127.0.0.1:0");

        var lines = FourLines().Match(string.Join('\n', terminal.Lines));
        Assert.True(lines.Success, string.Join('\n', terminal.Lines));
        using var browser = Browser(lines);
        var answer = await PortalHost.SignInAsync(browser, "admin@example.com", lines.Groups["password"].Value);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    [Theory]
    [InlineData("--bare", "--urls", "http://127.0.0.1:0", "--data")]
    [InlineData("--urls", "http://127.0.0.1:0", "--bare", "--data")]
    public async Task Options_are_taken_in_any_order(params string[] options)
    {
        await using var terminal = new RecordedTerminal();

        await terminal.RunUntilAsync("SCIM token", ["demo", .. options, _data]);

        Assert.Matches(FourLines(), string.Join('\n', terminal.Lines));
        Assert.True(Directory.Exists(_data));
    }

    [Fact]
    public async Task Every_page_says_that_it_is_a_demonstration()
    {
        await using var terminal = new RecordedTerminal();
        await terminal.RunUntilAsync("SCIM token", "demo", "--bare", "--urls", "http://127.0.0.1:0");
        using var browser = Browser(FourLines().Match(string.Join('\n', terminal.Lines)));

        var page = await browser.GetStringAsync(new Uri("/sign-in", UriKind.Relative));

        Assert.Contains("This is a demonstration.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("PublicBaseUrl", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_start_on_the_same_data_replaces_password_and_token_and_keeps_the_rest()
    {
        var first = await RunOnceAsync();
        await using var terminal = new RecordedTerminal();

        await terminal.RunUntilAsync("SCIM token", "demo", "--bare", "--urls", "http://127.0.0.1:0", "--data", _data);

        var second = FourLines().Match(string.Join('\n', terminal.Lines));
        Assert.Equal(first.Groups["identifier"].Value, second.Groups["identifier"].Value);
        Assert.NotEqual(first.Groups["password"].Value, second.Groups["password"].Value);
        Assert.NotEqual(first.Groups["token"].Value, second.Groups["token"].Value);
        using var browser = Browser(second);
        var old = await PortalHost.SignInAsync(browser, "admin@example.com", first.Groups["password"].Value);
        var current = await PortalHost.SignInAsync(browser, "admin@example.com", second.Groups["password"].Value);
        using (var dead = Client(first))
        {
            var refused = await dead.GetAsync(
                new Uri(second.Groups["address"].Value + "/scim/v2/" + second.Groups["identifier"].Value + "/Users")
            );
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, old.StatusCode);
        Assert.Equal(HttpStatusCode.Found, current.StatusCode);
    }

    [Fact]
    public async Task It_holds_three_organizations_two_providers_two_hundred_people_and_twelve_groups()
    {
        await using var terminal = new RecordedTerminal();
        await terminal.RunUntilAsync("SCIM token", "demo", "--urls", "http://127.0.0.1:0", "--data", _data);
        var lines = FourLines().Match(string.Join('\n', terminal.Lines));

        Assert.Equal(200, await TotalAsync(lines, "Users"));
        Assert.Equal(12, await TotalAsync(lines, "Groups"));
        await using var database = new SqliteDatabase(Options.Create(new StorageOptions { DataDirectory = _data })).CreateDbContext();
        Assert.Equal(
            ["Contoso", "Fabrikam", "Northwind"],
            await database.Organizations.OrderBy(row => row.Id).Select(row => row.Name).ToListAsync()
        );
        Assert.Equal(
            [Vendor.MicrosoftEntraId, Vendor.Okta],
            await database.IdentityProviders.OrderBy(row => row.CreatedAt).Select(row => row.Vendor).ToListAsync()
        );
    }

    [Fact]
    public async Task A_bare_one_has_nobody_and_takes_technicians_in_its_one_organization()
    {
        await using var terminal = new RecordedTerminal();
        await terminal.RunUntilAsync("SCIM token", "demo", "--bare", "--urls", "http://127.0.0.1:0", "--data", _data);
        var lines = FourLines().Match(string.Join('\n', terminal.Lines));

        Assert.Equal(0, await TotalAsync(lines, "Users"));
        Assert.Equal(0, await TotalAsync(lines, "Groups"));
        using var client = Client(lines);
        using var body = new StringContent(
            """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User"],
             "userName":"ada@example.com","name":{"givenName":"Ada","familyName":"Lind"},
             "urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User":{"userType":"Technician","organizationId":"1"}}
            """,
            System.Text.Encoding.UTF8,
            "application/scim+json"
        );
        using var answer = await client.PostAsync(new Uri("Users", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(1, await TotalAsync(lines, "Users"));
    }

    [Fact]
    public async Task Without_a_data_directory_nothing_is_kept()
    {
        var before = Demonstrations();
        await using var terminal = new RecordedTerminal();
        await terminal.RunUntilAsync("SCIM token", "demo", "--bare", "--urls", "http://127.0.0.1:0");
        var during = Demonstrations().Except(before).ToArray();

        await terminal.StopAsync();

        Assert.NotEmpty(during);
        Assert.Contains(during, directory => !Directory.Exists(directory));
    }

    [Fact]
    public async Task An_installation_that_is_no_demonstration_is_left_alone()
    {
        await using (var admin = new RecordedTerminal())
        {
            await admin.RunAsync("correct horse battery", "admin", "create", "--email", "ada@example.com", "--data", _data);
        }

        await using var terminal = new RecordedTerminal();
        var exitCode = await terminal.RunAsync("", "demo", "--urls", "http://127.0.0.1:0", "--data", _data);

        Assert.Equal(CommandLine.Failed, exitCode);
        Assert.Contains("holds an installation that is not a demonstration", terminal.Errors, StringComparison.Ordinal);
        Assert.Empty(terminal.Lines);
    }

    private static string[] Demonstrations() => Directory.GetDirectories(Path.GetTempPath(), "ninjaiam-demo-*");

    private static HttpClient Browser(Match lines) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(lines.Groups["address"].Value) };

    private static HttpClient Client(Match lines) =>
        new()
        {
            BaseAddress = new Uri($"{lines.Groups["address"].Value}/scim/v2/{lines.Groups["identifier"].Value}/"),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", lines.Groups["token"].Value) },
        };

    private static async Task<int> TotalAsync(Match lines, string resources)
    {
        using var client = Client(lines);
        using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri($"{resources}?count=0", UriKind.Relative)));
        return answer.RootElement.GetProperty("totalResults").GetInt32();
    }

    private async Task<Match> RunOnceAsync()
    {
        await using var terminal = new RecordedTerminal();
        await terminal.RunUntilAsync("SCIM token", "demo", "--data", _data, "--urls", "http://127.0.0.1:0", "--bare");
        return FourLines().Match(string.Join('\n', terminal.Lines));
    }

    [GeneratedRegex(
        """
            ^Portal: (?<address>http://127\.0\.0\.1:\d+)
            Sign in: admin@example\.com (?<password>\S{12,})
            SCIM base URL: \k<address>/scim/v2/(?<identifier>[a-z0-9]{12})
            SCIM token: (?<token>njs_[A-Za-z0-9]{8}_[A-Za-z0-9]+)$
            """
    )]
    private static partial Regex FourLines();
}
