using NinjaIam.Core.Storage;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Commands;
using Xunit;

namespace NinjaIam.Tests.Web.Commands;

public sealed class CommandLineTests : IDisposable
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

    [Theory]
    [InlineData("Unknown option: --colour", "--colour", "blue")]
    [InlineData("Unknown option: --bare", "--bare")]
    [InlineData("Unknown option: --bare=yes", "demo", "--bare=yes")]
    [InlineData("Unknown option: here", "demo", "--bare", "here")]
    [InlineData("Unknown command: serve", "serve")]
    [InlineData("Unknown option: there", "verify", "here", "there")]
    [InlineData("Unknown option: --bare", "verify", "--bare")]
    [InlineData("Unknown command: admin delete", "admin", "delete")]
    [InlineData("The option --urls needs a value.", "demo", "--urls", "--bare")]
    [InlineData("The option --data needs a value.", "--data")]
    [InlineData("The option --data was given twice.", "--data", "a", "--data", "b")]
    public async Task What_is_not_understood_is_refused_with_the_list(string reason, params string[] args)
    {
        await using var terminal = new RecordedTerminal();

        var exitCode = await terminal.RunAsync("", args);

        Assert.Equal(CommandLine.WrongUsage, exitCode);
        Assert.StartsWith(reason, terminal.Errors, StringComparison.Ordinal);
        Assert.Contains("--full-name NAME", terminal.Errors, StringComparison.Ordinal);
        Assert.Empty(terminal.Lines);
    }

    [Fact]
    public async Task Help_lists_every_command()
    {
        await using var terminal = new RecordedTerminal();

        var exitCode = await terminal.RunAsync("", "--help");

        Assert.Equal(CommandLine.Success, exitCode);
        Assert.All(
            new[] { "admin create", "demo", "backup PATH", "restore PATH", "verify [PATH]", "--bare", "--urls", "--data" },
            word => Assert.Contains(word, terminal.Lines[0], StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("ftp://localhost")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://127.0.0.1:5080/portal")]
    public async Task An_address_that_is_none_is_refused_in_words(string address)
    {
        await using var terminal = new RecordedTerminal();

        var exitCode = await terminal.RunAsync("", "--urls", address, "--data", _data);

        Assert.Equal(CommandLine.Failed, exitCode);
        Assert.Equal($"\"{address}\" is no address to listen on. Enter one such as http://127.0.0.1:5080.", terminal.Errors.Trim());
    }

    [Fact]
    public async Task A_taken_port_is_refused_in_words_and_nothing_else_is_printed()
    {
        var portal = new PortalHost();
        await portal.InitializeAsync();

        var printed = await PortalProcess.FailAsync("--urls", portal.Address.ToString());

        Assert.Equal(
            $"Failed to bind to address {portal.Address.ToString().TrimEnd('/')}: address already in use. Choose another one with --urls.",
            printed.Trim()
        );
        await portal.DisposeAsync();
    }

    [Fact]
    public async Task An_address_of_another_machine_is_refused_in_words()
    {
        const string address = "http://203.0.113.7:5080";
        await using var terminal = new RecordedTerminal();

        var exitCode = await terminal.RunAsync("", "--urls", address, "--data", _data);

        Assert.Equal(CommandLine.Failed, exitCode);
        Assert.StartsWith($"The portal can't listen on {address}. ", terminal.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("demo")]
    public async Task A_data_directory_that_cannot_be_one_is_refused_in_words(params string[] command)
    {
        await File.WriteAllTextAsync(_data, "a file");
        await using var terminal = new RecordedTerminal();

        var exitCode = await terminal.RunAsync("", [.. command, "--urls", "http://127.0.0.1:0", "--data", _data]);

        Assert.Equal(CommandLine.Failed, exitCode);
        Assert.StartsWith($"The directory {_data} can't be used: ", terminal.Errors, StringComparison.Ordinal);
        File.Delete(_data);
    }

    [Fact]
    public async Task Where_the_write_ahead_log_cannot_be_used_the_program_does_not_start()
    {
        var file = Path.Combine(_data, SqliteDatabase.FileName);
        // The index of the log can't be made, as on a network file system.
        Directory.CreateDirectory($"{file}-shm");
        await using var terminal = new RecordedTerminal();

        var exitCode = await terminal.RunAsync("", "--urls", "http://127.0.0.1:0", "--data", _data);

        Assert.Equal(CommandLine.Failed, exitCode);
        Assert.StartsWith($"The database {file} can't be used: ", terminal.Errors, StringComparison.Ordinal);
        Assert.Empty(terminal.Lines);
    }

    [Fact]
    public async Task An_empty_installation_prints_where_it_is_and_the_link_that_begins_it()
    {
        await using var terminal = new RecordedTerminal();

        await terminal.RunUntilAsync("Press Ctrl+C", "--urls", "http://127.0.0.1:0", "--data", _data);

        var address = Assert.Single(terminal.Lines, line => line.StartsWith("Portal: http://127.0.0.1:", StringComparison.Ordinal))[8..];
        Assert.Contains($"Data: {_data}", terminal.Lines);
        var link = Assert.Single(terminal.Lines, line => line.Contains("/first-run/", StringComparison.Ordinal));
        using var browser = new HttpClient();
        var page = await browser.GetStringAsync(new Uri(link[link.IndexOf(address, StringComparison.Ordinal)..]));
        Assert.Contains("Create the first system administrator", page, StringComparison.Ordinal);
        Assert.Equal(CommandLine.Success, await terminal.StopAsync());
    }

    [Fact]
    public async Task Starting_prints_nothing_but_what_its_reader_needs()
    {
        await using var portal = await PortalProcess.StartAsync();

        Assert.Collection(
            portal.Log.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries),
            line => Assert.StartsWith("Portal: ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Data: ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Create the first system administrator", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Press Ctrl+C", line, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_administrator_is_created_on_a_fresh_directory()
    {
        await using var terminal = new RecordedTerminal();

        var exitCode = await terminal.RunAsync("correct horse battery\n", "admin", "create", "--data", _data, "--email", "ada@example.com");

        Assert.Equal(CommandLine.Success, exitCode);
        Assert.Equal(["Created the system administrator ada@example.com."], terminal.Lines);
        await using var portal = new RecordedTerminal();
        await portal.RunUntilAsync("Press Ctrl+C", "--urls", "http://127.0.0.1:0", "--data", _data);
        Assert.DoesNotContain(portal.Lines, line => line.Contains("/first-run/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_administrator_is_created_while_the_portal_runs_and_can_sign_in_at_once()
    {
        var portal = new PortalHost();
        await portal.InitializeAsync();
        await portal.CreateAdministratorAsync();
        await using var terminal = new RecordedTerminal();

        var exitCode = await terminal.RunAsync(
            "a second long password\n",
            "admin",
            "create",
            "--email=grace@example.com",
            "--full-name",
            "Grace Hopper",
            "--data",
            portal.DataDirectory
        );
        var answer = await PortalHost.SignInAsync(portal.OpenBrowser(), "grace@example.com", "a second long password");

        Assert.Equal(CommandLine.Success, exitCode);
        Assert.Equal(System.Net.HttpStatusCode.Found, answer.StatusCode);
        await portal.DisposeAsync();
    }

    [Theory]
    [InlineData("short", "Use 12 characters or more.")]
    [InlineData("", "Enter a password.")]
    public async Task A_password_that_is_too_short_creates_nobody(string password, string reason)
    {
        await using var terminal = new RecordedTerminal();

        var exitCode = await terminal.RunAsync(password, "admin", "create", "--email", "ada@example.com", "--data", _data);

        Assert.Equal(CommandLine.Failed, exitCode);
        Assert.Equal(reason, terminal.Errors.Trim());
    }

    [Fact]
    public async Task Creating_an_administrator_asks_for_the_email_address()
    {
        await using var terminal = new RecordedTerminal();

        var exitCode = await terminal.RunAsync("correct horse battery", "admin", "create", "--data", _data);

        Assert.Equal(CommandLine.WrongUsage, exitCode);
        Assert.False(Directory.Exists(_data));
    }
}
