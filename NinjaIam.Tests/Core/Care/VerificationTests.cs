using Microsoft.Data.Sqlite;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Commands;
using Xunit;

namespace NinjaIam.Tests.Core.Care;

/// <summary>The command <c>verify</c> over a directory that a client filled, and over the same directory damaged by hand.</summary>
public sealed class VerificationTests : IAsyncLifetime
{
    private readonly ScimHost _host = new();
    private string _grace = "";
    private string _group = "";

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        var contoso = _host.Contoso;
        _grace = await contoso.AddUserAsync(
            "grace@contoso.com",
            """
            ,"externalId":"g-1","name":{"givenName":"Grace","familyName":"Hopper"},"emails":[{"value":"grace@contoso.com","type":"work"}]
            """
        );
        var alan = await contoso.AddUserAsync("alan@contoso.com", ""","externalId":"a-1" """);
        var edith = await contoso.AddUserAsync("edith@contoso.com", ""","externalId":"e-1","active":false""");
        _group = await contoso.AddGroupAsync("Straße", _grace, alan, edith);
        await contoso.AddGroupAsync("Empty");
        await contoso.PatchAsync($"/Users/{_grace}", """{"op":"replace","path":"displayName","value":"Grace 🚀 Hopper"}""");
        await contoso.PatchAsync($"/Groups/{_group}", $$"""{"op":"remove","path":"members[value eq \"{{edith}}\"]"}""");
        await contoso.DeleteAsync($"/Users/{alan}");
        await contoso.AddUserAsync("edith@contoso.com", ""","externalId":"e-1" """);
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_healthy_installation_has_no_finding_while_the_portal_runs()
    {
        await using var terminal = new RecordedTerminal();

        var exitCode = await terminal.RunAsync("", "verify", _host.DatabaseFile);

        Assert.Equal(
            [
                "Checking the database file",
                "Checking resources",
                "Checking accounts",
                "Checking memberships",
                "Checking counters",
                "Checking the journal",
                $"{_host.DatabaseFile}: nothing found.",
            ],
            terminal.Lines
        );
        Assert.Equal(CommandLine.Success, exitCode);
    }

    [Theory]
    [InlineData("UPDATE counters SET total = total + 1 WHERE type = 'User'", "counts 3 resources of type User and has 2")]
    [InlineData("DELETE FROM counters WHERE type = 'Group'", "counts 0 resources of type Group and has 2")]
    [InlineData("DELETE FROM resource_values WHERE attribute = 'emails.value'", "User {grace} is not found by a value of emails.value")]
    [InlineData(
        "UPDATE resource_values SET key = 'X' WHERE attribute = 'emails.value'",
        "is found by a value of emails.value that its document does not have"
    )]
    [InlineData("DELETE FROM resource_unique WHERE key = 'g-1'", "User {grace} does not keep others from using its User.externalId")]
    [InlineData("UPDATE resource_unique SET key = 'g-2' WHERE key = 'g-1'", "User {grace} keeps others from using a User.externalId")]
    [InlineData(
        "UPDATE resources SET name_key = 'X' WHERE id = $grace",
        "User {grace} has a document that says something else than name_key"
    )]
    [InlineData("UPDATE resources SET external_id = 'X' WHERE id = $grace", "something else than external_id")]
    [InlineData("UPDATE resources SET active = 0 WHERE id = $grace", "something else than active")]
    [InlineData("UPDATE resources SET active = 1 WHERE deleted_at IS NOT NULL", "is deleted and still active")]
    [InlineData("UPDATE resources SET doc = '{' WHERE id = $grace", "User {grace} has a document that can't be read")]
    [InlineData("UPDATE resources SET doc = '{}' WHERE id = $grace", "something else than name_key")]
    [InlineData("UPDATE resources SET type = 'Robot' WHERE id = $group", "Robot {group} is of a type that does not exist")]
    [InlineData("""UPDATE accounts SET "Email" = NULL WHERE "Id" = $grace""", "something else than Email of the account")]
    [InlineData("""UPDATE accounts SET "Active" = 0 WHERE "Id" = $grace""", "something else than Active of the account")]
    [InlineData("""UPDATE accounts SET "SearchKey" = '' WHERE "Id" = $grace""", "something else than SearchKey of the account")]
    [InlineData("""UPDATE accounts SET "DeletedAt" = 1 WHERE "Id" = $grace""", "User {grace} has an account that is deleted")]
    [InlineData("""UPDATE accounts SET "DeletedAt" = NULL""", "is deleted, but its account is not")]
    [InlineData("""UPDATE accounts SET "ProviderId" = NULL WHERE "Id" = $grace""", "that another provider, or nobody, manages")]
    [InlineData("""DELETE FROM accounts WHERE "Id" = $grace""", "User {grace} has no account")]
    [InlineData(
        """UPDATE accounts SET "ProviderId" = (SELECT "Id" FROM providers) WHERE "Kind" = 2""",
        "managed by a provider that does not know it"
    )]
    [InlineData(
        "INSERT INTO members(group_seq, member_seq) SELECT g.seq, p.seq FROM resources g, resources p WHERE g.id = $group AND p.deleted_at > 0",
        "can't be a member of resource {group}"
    )]
    [InlineData(
        "INSERT INTO members(group_seq, member_seq) VALUES (900, 901)",
        "Resource number 901 can't be a member of resource number 900"
    )]
    [InlineData(
        "INSERT INTO members(group_seq, member_seq) VALUES (900, 901)",
        "A row of members refers to a row of resources that does not exist"
    )]
    [InlineData("""DELETE FROM journal WHERE "Seq" = 4""", "Journal row 4 is missing")]
    [InlineData("""DELETE FROM journal WHERE "Seq" BETWEEN 4 AND 5""", "Journal rows 4 to 5 are missing")]
    [InlineData("""DELETE FROM journal WHERE "Seq" = 4""", "The values of journal row 4 are there without the row")]
    [InlineData("""UPDATE journal SET "Address" = 'x' WHERE "Seq" = 4""", "Journal row 4, or the digest of the row before it, was changed")]
    [InlineData("""UPDATE journal_values SET "Actor" = 'x' WHERE "Seq" = 4""", "The values of journal row 4 were changed")]
    [InlineData("""UPDATE journal_values SET "Changes" = '[' WHERE "Seq" = 4""", "The values of journal row 4 were changed")]
    [InlineData("""DELETE FROM journal_values WHERE "Seq" = 4""", "The values of journal row 4 are missing, though nobody erased them")]
    [InlineData("""UPDATE journal SET "Salt" = NULL WHERE "Seq" = 4""", "The values of journal row 4 can't be checked")]
    [Proves("asvs-16.4.2")]
    public async Task Damage_is_told_in_words_with_the_identifiers(string damage, string finding)
    {
        await DamageAsync(damage);
        await using var terminal = new RecordedTerminal();

        var exitCode = await terminal.RunAsync("", "verify", _host.DatabaseFile);

        var wanted = finding.Replace("{grace}", _grace, StringComparison.Ordinal).Replace("{group}", _group, StringComparison.Ordinal);
        Assert.Contains(
            terminal.Lines,
            line => line.StartsWith("- ", StringComparison.Ordinal) && line.Contains(wanted, StringComparison.Ordinal)
        );
        Assert.Equal(CommandLine.Failed, exitCode);
    }

    [Fact]
    public async Task Erased_values_leave_a_chain_that_holds()
    {
        await DamageAsync("""UPDATE journal SET "Salt" = NULL WHERE "Seq" = 4; DELETE FROM journal_values WHERE "Seq" = 4""");
        await using var terminal = new RecordedTerminal();

        Assert.Equal(CommandLine.Success, await terminal.RunAsync("", "verify", _host.DatabaseFile));
    }

    [Fact]
    public async Task While_SCIM_is_off_the_account_may_differ_from_the_document()
    {
        await _host
            .Get<ScimConnections>()
            .DisableAsync(_host.Contoso.ProviderId, PeopleChoice.Keep, _host.Administrator, CancellationToken.None);
        await DamageAsync("""UPDATE accounts SET "DisplayName" = 'By hand', "MayDiffer" = 1 WHERE "Id" = $grace""");
        await using var terminal = new RecordedTerminal();

        Assert.Equal(CommandLine.Success, await terminal.RunAsync("", "verify", _host.DatabaseFile));
    }

    [Fact]
    public async Task An_account_that_differs_without_its_mark_is_found()
    {
        await _host
            .Get<ScimConnections>()
            .DisableAsync(_host.Contoso.ProviderId, PeopleChoice.Keep, _host.Administrator, CancellationToken.None);
        await DamageAsync("""UPDATE accounts SET "DisplayName" = 'By hand' WHERE "Id" = $grace""");
        await using var terminal = new RecordedTerminal();

        Assert.Equal(CommandLine.Failed, await terminal.RunAsync("", "verify", _host.DatabaseFile));
        Assert.Contains(terminal.Lines, line => line.Contains("DisplayName of the account", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Damage_that_repeats_itself_is_cut_short()
    {
        await DamageAsync(
            """
            WITH RECURSIVE n(x) AS (SELECT 901 UNION ALL SELECT x + 1 FROM n WHERE x < 1050)
            INSERT INTO members(group_seq, member_seq) SELECT 900, x FROM n
            """
        );
        await using var terminal = new RecordedTerminal();

        await terminal.RunAsync("", "verify", _host.DatabaseFile);

        Assert.Contains("- And 50 more of this kind.", terminal.Lines);
        Assert.Equal($"{_host.DatabaseFile}: 450 found. See docs/backup.md for what to do.", terminal.Lines[^1]);
    }

    [Fact]
    public async Task A_damaged_file_is_a_finding()
    {
        var copy = _host.DatabaseFile + ".copy";
        await DamageAsync($"VACUUM INTO '{copy}'");
        await using (var file = File.OpenWrite(copy))
        {
            file.Position = 3 * 4096;
            await file.WriteAsync(new byte[8 * 4096]);
        }

        await using var terminal = new RecordedTerminal();

        var exitCode = await terminal.RunAsync("", "verify", copy);

        Assert.Contains(terminal.Lines, line => line.StartsWith("- The file is damaged: ", StringComparison.Ordinal));
        Assert.Equal(CommandLine.Failed, exitCode);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_a_finding()
    {
        var file = _host.DatabaseFile + ".txt";
        await File.WriteAllTextAsync(file, new string('x', 5000));
        await using var terminal = new RecordedTerminal();

        Assert.Equal(CommandLine.Failed, await terminal.RunAsync("", "verify", file));
        Assert.Contains(terminal.Lines, line => line.StartsWith("- The file is damaged: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_program_s_database_and_no_database_are_refused_in_words()
    {
        var other = _host.DatabaseFile + ".other";
        await using (var connection = new SqliteConnection($"Data Source={other};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var create = connection.CreateCommand();
            create.CommandText = "CREATE TABLE notes (text TEXT)";
            await create.ExecuteNonQueryAsync();
        }

        await using var terminal = new RecordedTerminal();

        Assert.Equal(CommandLine.Failed, await terminal.RunAsync("", "verify", other));
        Assert.Equal(CommandLine.Failed, await terminal.RunAsync("", "verify", "--data", other + ".none"));
        Assert.Equal(
            [$"{other} is no database of NinjaIam.", $"There is no database at {other}.none."],
            terminal.Errors.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
        );
    }

    private async Task DamageAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_host.DatabaseFile};Pooling=False;Foreign Keys=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, id) in new[] { ("$grace", _grace), ("$group", _group) })
        {
            if (sql.Contains(name, StringComparison.Ordinal))
            {
                command.Parameters.AddWithValue(name, Guid.Parse(id).ToByteArray(bigEndian: true));
            }
        }

        await command.ExecuteNonQueryAsync();
    }
}
