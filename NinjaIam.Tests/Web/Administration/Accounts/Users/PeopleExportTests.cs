using System.Net;
using System.Text;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Support;
using Xunit;
using ActivityLog = NinjaIam.Core.Journal.Activities;

namespace NinjaIam.Tests.Web.Administration.Accounts.Users;

public sealed class PeopleExportTests : IAsyncLifetime
{
    private const string Path = "/administration/accounts/users/export";
    private const string TechnicianEmail = "tom@example.com";

    private readonly PortalHost _portal = new();

    public async Task InitializeAsync()
    {
        await _portal.InitializeAsync();
        await _portal.CreateAdministratorAsync();
    }

    public Task DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task The_file_has_everybody_of_the_list_and_is_kept_by_nobody()
    {
        _portal.Advance(TimeSpan.FromSeconds(1));
        await AddAsync("bob@example.com", user => (user.GivenName, user.FamilyName, user.PhoneNumber) = ("Bob", "O\"Neil", "+1 555"));
        var browser = await AdministratorAsync();

        var answer = await browser.GetAsync(new Uri(Path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("attachment; filename=users-2026-11-23.csv", answer.Content.Headers.ContentDisposition?.ToString());
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.StartsWith("User name,Email,First name,Last name,Type,Organization,Role,Source,Status,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("ada@example.com,ada@example.com,,,System administrator,All,,Manual,Active,", lines[1], StringComparison.Ordinal);
        Assert.Equal(
            "bob@example.com,bob@example.com,Bob,\"O\"\"Neil\",End user,,,Manual,Active,Enabled,,,Disabled,,'+1 555,,2026-11-23T12:00:01Z",
            lines[2]
        );
        Assert.Equal(["", lines[2]], lines[2..].Order());
    }

    [Theory]
    [InlineData("?state=blocked", "eve@example.com")]
    [InlineData("?q=BOB&kind=endUser&sort=-email&page=2&columns=none", "bob@example.com")]
    public async Task The_file_is_filtered_as_the_list_is(string query, string expected)
    {
        await AddAsync("bob@example.com");
        await AddAsync("eve@example.com", user => user.Blocked = true);

        var text = await (await AdministratorAsync()).GetStringAsync(new Uri(Path + query, UriKind.Relative));

        Assert.Equal([expected], text.Split("\r\n")[1..^1].Select(line => line.Split(',')[0]));
    }

    [Fact]
    public async Task Five_minutes_after_signing_in_more_than_one_person_is_not_given_out()
    {
        await AddAsync("bob@example.com");
        var browser = await AdministratorAsync();
        _portal.Advance(TimeSpan.FromMinutes(5));

        var all = await browser.GetAsync(new Uri(Path, UriKind.Relative));
        var one = await browser.GetAsync(new Uri($"{Path}?q=bob", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Forbidden, all.StatusCode);
        Assert.Equal(HttpStatusCode.OK, one.StatusCode);
        Assert.Equal("1", Assert.Single(await JournalAsync()).Subject);
    }

    [Theory]
    [InlineData("?state=made-up")]
    [InlineData("?provider=unknown")]
    [InlineData("?org=1e3")]
    [InlineData("?group=x")]
    public async Task A_filter_that_means_nothing_gives_out_nobody(string query)
    {
        var answer = await (await AdministratorAsync()).GetAsync(new Uri(Path + query, UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("ada@example.com,", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await JournalAsync());
    }

    [Fact]
    public async Task More_people_than_a_part_holds_come_once_each()
    {
        var names = Enumerable.Range(0, 1203).Select(number => $"person{number:0000}@example.com").ToList();
        await _portal
            .Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    scope.Database.Users.AddRange(names.Select(name => PersonOf(name)));
                    return await scope.Database.SaveChangesAsync(CancellationToken.None);
                },
                CancellationToken.None
            );

        var text = await (await AdministratorAsync()).GetStringAsync(new Uri($"{Path}?kind=endUser", UriKind.Relative));

        Assert.Equal(names, text.Split("\r\n")[1..^1].Select(line => line.Split(',')[0]).Order(StringComparer.Ordinal));
        var entry = Assert.Single(await JournalAsync());
        Assert.Equal(("1203", "Ada Lind"), (entry.Subject, entry.ActorName));
    }

    [Fact]
    public async Task Nobody_but_a_system_administrator_gets_it()
    {
        await AddAsync(
            TechnicianEmail,
            user =>
            {
                user.Kind = AccountKind.Technician;
                user.PasswordHash = new Microsoft.AspNetCore.Identity.PasswordHasher<User>().HashPassword(user, PortalHost.Password);
            }
        );
        var technician = _portal.OpenBrowser();
        Assert.EndsWith(
            "/home",
            (await PortalHost.SignInAsync(technician, TechnicianEmail)).Headers.Location?.ToString(),
            StringComparison.Ordinal
        );

        var stranger = await _portal.OpenBrowser().GetAsync(new Uri(Path, UriKind.Relative));
        var refused = await technician.GetAsync(new Uri(Path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Redirect, stranger.StatusCode);
        Assert.Contains("/sign-in", stranger.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal("/not-allowed", refused.Headers.Location?.ToString());
        Assert.Empty(await JournalAsync());
    }

    [Fact]
    public async Task The_service_refuses_a_technician_whatever_let_them_come_so_far()
    {
        var id = await AddAsync(TechnicianEmail, user => user.Kind = AccountKind.Technician);
        var origin = Origin.Of(new Actor(ActorKind.Administrator, id, "Tom"));

        var outcome = await _portal.Get<PeopleExport>().StartAsync(new PeopleFilter(), origin, CancellationToken.None);

        Assert.Equal("Only a system administrator may do this.", Installation.Refused(outcome).Detail);
        Assert.Empty(await JournalAsync());
    }

    private async Task<HttpClient> AdministratorAsync()
    {
        var browser = _portal.OpenBrowser();
        await PortalHost.SignInAsync(browser);
        return browser;
    }

    private async Task<Guid> AddAsync(string name, Action<User>? change = null)
    {
        var user = PersonOf(name);
        change?.Invoke(user);
        await _portal
            .Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    scope.Database.Users.Add(user);
                    return await scope.Database.SaveChangesAsync(CancellationToken.None);
                },
                CancellationToken.None
            );
        return user.Id;
    }

    private User PersonOf(string name) =>
        new()
        {
            Id = Guid.CreateVersion7(_portal.Clock.GetUtcNow()),
            UserName = name,
            NormalizedUserName = TextKey.Of(name),
            Email = name,
            NormalizedEmail = TextKey.Of(name),
            CreatedAt = _portal.Clock.GetUtcNow(),
            SecurityStamp = "stamp",
        };

    private async Task<List<Activity>> JournalAsync() =>
        [
            .. (await _portal.Get<ActivityLog>().ListAsync(Actor.System, new ActivityFilter(), 100, CancellationToken.None)).Where(
                activity => activity.Kind == JournalKind.PeopleExported
            ),
        ];
}
