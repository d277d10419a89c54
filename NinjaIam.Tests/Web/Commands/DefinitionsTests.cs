using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Commands;
using NinjaIam.Web.Hosting;
using Xunit;

namespace NinjaIam.Tests.Web.Commands;

/// <summary>Definition files as an administrator uses them: started with, changed, left out, backed up and restored.</summary>
public sealed partial class DefinitionsTests : IDisposable
{
    private const string Device = "urn:example:params:scim:schemas:1.0:Device";
    private const string Badge = "urn:example:params:scim:schemas:extension:badge:2.0:User";

    private const string Devices = $$"""
        [
          {
            "id": "{{Device}}",
            "attributes": [
              {"name": "displayName", "required": true},
              {"name": "serialNumber", "uniqueness": "server"},
              {"name": "color"},
              {"name": "notes", "mutability": "writeOnly"}
            ]
          },
          {"name": "Device", "endpoint": "/Devices", "schema": "{{Device}}"}
        ]
        """;

    private const string Badges = $$"""
        [
          {"id": "{{Badge}}", "attributes": [{"name": "number"}, {"name": "level", "type": "integer"}]},
          {"name": "User", "schemaExtensions": [{"schema": "{{Badge}}", "required": false}]}
        ]
        """;

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"ninjaiam-test-{Guid.NewGuid():N}");

    public DefinitionsTests()
    {
        Directory.CreateDirectory(Definitions);
        Write("devices.json", Devices);
        Write("badges.json", Badges);
    }

    private string Data => Path.Combine(_directory, "data");

    private string Definitions => Path.Combine(_directory, "definitions");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task What_is_defined_is_served_verified_backed_up_and_restored()
    {
        await FillAsync();
        var copy = Path.Combine(_directory, "copy");

        Assert.Equal(CommandLine.Success, await RunAsync("verify", "--data", Data));
        Assert.Equal(CommandLine.Success, await RunAsync("backup", copy, "--data", Data));
        Assert.Equal(CommandLine.Success, await RunAsync("verify", copy));
        Directory.Delete(Data, recursive: true);
        Assert.Equal(CommandLine.Success, await RunAsync("restore", copy, "--data", Data));

        await using var demonstration = await StartAsync();
        Assert.Equal(["Printer"], await demonstration.NamesAsync("/Devices?filter=serialNumber eq \"s-1\""));
        Assert.Equal(["ada"], await demonstration.NamesAsync($"/Users?filter={Badge}:level gt 2"));
    }

    [Fact]
    public async Task Verification_finds_a_resource_whose_keys_are_not_what_its_document_says()
    {
        await FillAsync();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "ninjaiam.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var statement = connection.CreateCommand();
            statement.CommandText = "DELETE FROM resource_unique WHERE attribute = 'Device.serialNumber'";
            Assert.Equal(1, await statement.ExecuteNonQueryAsync());
        }

        await using var terminal = new RecordedTerminal();
        Assert.Equal(CommandLine.Failed, await terminal.RunAsync("", "verify", "--data", Data));
        Assert.Contains(
            terminal.Lines,
            line => line.Contains("does not keep others from using its Device.serialNumber", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_resource_type_that_is_left_out_while_it_has_resources_keeps_the_portal_from_starting()
    {
        await FillAsync();
        File.Delete(Path.Combine(Definitions, "devices.json"));

        var refused = await RefusedAsync();

        Assert.Equal(
            """
            What is stored does not fit the definitions:
              Device: the resource type is not defined any more, and there are 1 resources of it.
            Nothing was changed. Start with the former definitions, and change or delete these resources over SCIM first.
            """,
            refused.Trim().ReplaceLineEndings("\n")
        );
        Write("devices.json", Devices);
        await using (var demonstration = await StartAsync())
        {
            Assert.Equal(["Printer"], await demonstration.NamesAsync("/Devices"));
            await demonstration.DeleteAsync("/Devices");
        }

        File.Delete(Path.Combine(Definitions, "devices.json"));
        await using var without = await StartAsync();
        Assert.Equal(404, (await without.GetAsync("/Devices")).Status);
    }

    [Fact]
    public async Task Definitions_that_are_forgotten_altogether_lose_nothing()
    {
        await FillAsync();

        await using var terminal = new RecordedTerminal();
        Assert.Equal(CommandLine.Failed, await terminal.RunAsync("", "demo", "--bare", "--urls", "http://127.0.0.1:0", "--data", Data));

        Assert.Contains($"{Badge} holds what is not defined any more", terminal.Errors, StringComparison.Ordinal);
        await using var demonstration = await StartAsync();
        Assert.Equal(["Printer"], await demonstration.NamesAsync("/Devices"));
        Assert.Equal(["ada"], await demonstration.NamesAsync($"/Users?filter={Badge}:level pr"));
    }

    [Theory]
    [InlineData("badges.json", """, {"name": "level", "type": "integer"}""", "", $"{Badge}:level holds what is not defined any more.")]
    [InlineData("badges.json", "integer", "boolean", $"{Badge}:level")]
    [InlineData("devices.json", """{"name": "color"},""", "", "color holds what is not defined any more.")]
    [InlineData("devices.json", """{"name": "color"}""", """{"name": "color", "mutability": "readOnly"}""", "color holds")]
    [InlineData("devices.json", """{"name": "color"}""", """{"name": "size", "required": true},{"name":"color"}""", "size is required")]
    [InlineData(
        "devices.json",
        """{"name": "color"}""",
        """{"name": "color", "canonicalValues": ["black"], "ninjaiam:canonicalValuesOnly": true}""",
        "color"
    )]
    [InlineData("badges.json", "\"required\": false", "\"required\": true", $"The extension {Badge} is required")]
    public async Task A_change_that_what_is_stored_does_not_fit_is_refused(string file, string old, string changed, string reason)
    {
        await FillAsync();
        await using (var demonstration = await StartAsync())
        {
            await demonstration.PostAsync("/Users", """{"userName":"grace"}""");
        }

        var text = file == "devices.json" ? Devices : Badges;
        Assert.Contains(old, text, StringComparison.Ordinal);
        Write(file, text.Replace(old, changed, StringComparison.Ordinal));

        var refused = await RefusedAsync();

        Assert.Contains(reason, refused, StringComparison.Ordinal);
        Assert.Matches("  (Device|User) [0-9a-f-]{36}: ", refused);
        Assert.DoesNotContain("white", refused, StringComparison.Ordinal);
        Assert.Equal(CommandLine.Success, await RunAsync("verify", "--data", Data));
    }

    [Fact]
    public async Task What_becomes_searchable_or_unique_is_so_for_what_was_stored_before()
    {
        await FillAsync();
        await using (var before = await StartAsync())
        {
            await before.PostAsync("/Devices", """{"displayName":"Scanner","color":"black"}""");
            Assert.Equal(400, (await before.GetAsync("/Devices?sortBy=color")).Status);
        }

        Write("devices.json", Devices.Replace("""{"name": "color"}""", """{"name": "color", "uniqueness": "global"}"""));

        await using var demonstration = await StartAsync();
        Assert.Equal(["Printer"], await demonstration.NamesAsync("/Devices?filter=color eq \"WHITE\""));
        Assert.Equal(["Scanner", "Printer"], await demonstration.NamesAsync("/Devices?sortBy=color"));
        Assert.Equal(409, (await demonstration.SendAsync(HttpMethod.Post, "/Devices", """{"displayName":"X","color":"white"}""")).Status);
        Assert.Equal(CommandLine.Success, await RunAsync("verify", "--data", Data));
        var tag = (await demonstration.GetAsync("/Devices")).Body["Resources"]!
            .AsArray()
            .Select(each => (string?)each!["meta"]!["version"]);
        Assert.Equal(["W/\"1\"", "W/\"1\""], tag);
    }

    [Fact]
    public async Task What_becomes_unique_must_be_so_already()
    {
        await FillAsync();
        await using (var before = await StartAsync())
        {
            await before.PostAsync("/Devices", """{"displayName":"Scanner","color":"WHITE"}""");
        }

        Write("devices.json", Devices.Replace("""{"name": "color"}""", """{"name": "color", "uniqueness": "server"}"""));

        var refused = await RefusedAsync();

        Assert.Contains("is taken by the Device", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("WHITE", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_definitions_are_told_with_file_place_and_remedy()
    {
        Write("devices.json", Devices.Replace("\"uniqueness\": \"server\"", "\"uniqueness\": \"tenant\"", StringComparison.Ordinal));
        Write("other.json", "{ \"name\": ");

        var refused = await RefusedAsync();

        Assert.StartsWith($"The definitions in {Definitions} can't be used:", refused, StringComparison.Ordinal);
        Assert.Contains(
            "devices.json: $[0].attributes[1].uniqueness: \"tenant\" is not known here. Use one of none, server, global.",
            refused,
            StringComparison.Ordinal
        );
        Assert.Contains("other.json: line 1, position ", refused, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Data, "ninjaiam.db")));
    }

    [Fact]
    public async Task A_directory_that_is_not_there_is_refused()
    {
        Directory.Delete(Definitions, recursive: true);

        Assert.Equal(
            $"There is no directory {Definitions}, which --definitions names. Create it, or leave --definitions out.",
            (await RefusedAsync()).Trim()
        );
    }

    [Fact]
    public async Task The_portal_itself_reads_the_directory_of_its_configuration()
    {
        Write("devices.json", "[1]");

        var printed = await PortalProcess.FailWithSettingAsync("Scim__Definitions", Definitions);

        Assert.Contains($"The definitions in {Definitions} can't be used:", printed, StringComparison.Ordinal);
        Assert.Contains("devices.json: $[0]: This must be an object. Put it in braces.", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("definitions", "/data/definitions")]
    [InlineData("/etc/scim", "/etc/scim")]
    [InlineData(" ", null)]
    [InlineData(null, null)]
    public void A_relative_path_begins_at_the_data(string? configured, string? expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Scim:Definitions", configured)]).Build();

        Assert.Equal(expected, PortalConfiguration.DefinitionsOf(configuration, "/data"));
    }

    [Fact]
    public async Task Made_up_people_can_t_have_a_required_extension()
    {
        Write("badges.json", Badges.Replace("\"required\": false", "\"required\": true", StringComparison.Ordinal));
        await using var terminal = new RecordedTerminal();

        Assert.Equal(CommandLine.Failed, await terminal.RunAsync("", "demo", "--urls", "http://127.0.0.1:0", "--definitions", Definitions));

        Assert.Contains($"The definitions require {Badge}", terminal.Errors, StringComparison.Ordinal);
    }

    private async Task FillAsync()
    {
        await using var demonstration = await StartAsync();
        await demonstration.PostAsync("/Devices", """{"displayName":"Printer","serialNumber":"S-1","color":"white","notes":"secret"}""");
        await demonstration.PostAsync("/Users", $$"""{"userName":"ada","{{Badge}}":{"number":"B-1","level":3} }""");
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(Definitions, file), text);

    private static async Task<int> RunAsync(params string[] arguments)
    {
        await using var terminal = new RecordedTerminal();
        var exitCode = await terminal.RunAsync("", arguments);
        Assert.True(exitCode == CommandLine.Success, string.Join('\n', [.. terminal.Lines, terminal.Errors]));
        return exitCode;
    }

    private async Task<string> RefusedAsync()
    {
        await using var terminal = new RecordedTerminal();
        Assert.Equal(CommandLine.Failed, await terminal.RunAsync("", Demo));
        return terminal.Errors;
    }

    private string[] Demo => ["demo", "--bare", "--urls", "http://127.0.0.1:0", "--data", Data, "--definitions", Definitions];

    private async Task<Demonstrated> StartAsync()
    {
        var terminal = new RecordedTerminal();
        await terminal.RunUntilAsync("SCIM token", Demo);
        var lines = string.Join('\n', terminal.Lines);
        return new Demonstrated(terminal, ScimBaseUrl().Match(lines).Groups[1].Value, ScimToken().Match(lines).Groups[1].Value);
    }

    [GeneratedRegex(@"^SCIM base URL: (\S+)", RegexOptions.Multiline)]
    private static partial Regex ScimBaseUrl();

    [GeneratedRegex(@"^SCIM token: (\S+)", RegexOptions.Multiline)]
    private static partial Regex ScimToken();

    /// <summary>A demonstration that runs, and its client.</summary>
    private sealed class Demonstrated : IAsyncDisposable
    {
        private readonly HttpClient _client = new();
        private readonly RecordedTerminal _terminal;
        private readonly string _root;

        public Demonstrated(RecordedTerminal terminal, string root, string token)
        {
            (_terminal, _root) = (terminal, root);
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        public Task<ScimReply> GetAsync(string address) => SendAsync(HttpMethod.Get, address, null);

        public async Task PostAsync(string address, string json)
        {
            var reply = await SendAsync(HttpMethod.Post, address, json);
            Assert.True(reply.Status == 201, reply.Text);
        }

        /// <summary>Deletes whatever a list names.</summary>
        public async Task DeleteAsync(string list)
        {
            foreach (var resource in (await GetAsync(list)).Body["Resources"]!.AsArray())
            {
                Assert.Equal(204, (await SendAsync(HttpMethod.Delete, $"{list}/{resource!["id"]}", null)).Status);
            }
        }

        public async Task<IReadOnlyList<string?>> NamesAsync(string address)
        {
            var reply = await GetAsync(address);
            Assert.True(reply.Status == 200, reply.Text);
            return [.. reply.Body["Resources"]!.AsArray().Select(each => (string?)(each!["displayName"] ?? each["userName"]))];
        }

        public async Task<ScimReply> SendAsync(HttpMethod method, string address, string? json)
        {
            using var request = new HttpRequestMessage(method, _root + address);
            if (json is not null)
            {
                request.Content = new StringContent(json, Encoding.UTF8, "application/scim+json");
            }

            using var response = await _client.SendAsync(request);
            return await ScimReply.ReadAsync(response);
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await _terminal.DisposeAsync();
        }
    }
}
