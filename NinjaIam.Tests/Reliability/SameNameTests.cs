using System.Text;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace NinjaIam.Tests.Reliability;

/// <summary>Many clients want one name at the same moment, each in a spelling of its own.</summary>
public sealed class SameNameTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Clients = 64;

    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("josé.zúñiga@contoso.com")]
    [InlineData("ﬁnn.ångström")]
    [InlineData("ǆon한국@free.example")]
    [Proves("asvs-2.3.4", "asvs-15.4.2")]
    public async Task Of_many_who_create_it_one_wins(string name)
    {
        var spellings = SpellingsOf(name);

        var replies = await _host.TogetherAsync(
            spellings.Select((spelling, number) => _host.Contoso.PostAsync("/Users", UserOf(spelling, $"e{number}")))
        );

        var winner = Assert.Single(replies, reply => reply.Status == 201).Id;
        Assert.All(
            replies.Where(reply => reply.Status != 201),
            reply => Assert.Contains(winner, reply.AssertError(409, "uniqueness"), StringComparison.Ordinal)
        );
        Assert.Equal(1, await TotalAsync());
        Assert.Equal(1, await RowsAsync(name));
    }

    [Fact]
    public async Task Of_the_clients_of_two_providers_one_wins()
    {
        var fabrikam = await _host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));
        const string name = "josé@free.example";

        var replies = await _host.TogetherAsync(
            SpellingsOf(name)
                .Select(
                    (spelling, number) => (number % 2 == 0 ? _host.Contoso : fabrikam).PostAsync("/Users", UserOf(spelling, $"e{number}"))
                )
        );

        Assert.Single(replies, reply => reply.Status == 201);
        Assert.All(replies.Where(reply => reply.Status != 201), reply => reply.AssertError(409, "uniqueness"));
        Assert.Equal(1, await RowsAsync(name));
    }

    [Fact]
    public async Task Of_many_who_rename_to_it_one_wins()
    {
        const string name = "josé@contoso.com";
        var ids = await _host.Contoso.AddUsersAsync(Clients);

        var replies = await _host.TogetherAsync(
            SpellingsOf(name)
                .Zip(
                    ids,
                    (spelling, id) =>
                        _host.Contoso.PatchAsync($"/Users/{id}", $$"""{"op":"replace","path":"userName","value":"{{spelling}}"}""")
                )
        );

        Assert.Single(replies, reply => reply.Status == 200);
        Assert.All(replies.Where(reply => reply.Status != 200), reply => reply.AssertError(409, "uniqueness"));
        Assert.Equal(Clients, await TotalAsync());
        Assert.Equal(1, await RowsAsync(name));
    }

    private static string UserOf(string userName, string externalId) => $$"""{"userName":"{{userName}}","externalId":"{{externalId}}"}""";

    /// <summary>One spelling for each client, all with one key: case, composition, compatibility forms.</summary>
    private string[] SpellingsOf(string name)
    {
        var random = new Random(Seed.Next(output));
        string[] spellings =
        [
            name,
            name.ToUpperInvariant(),
            name.Normalize(NormalizationForm.FormD),
            .. Enumerable.Range(3, Clients - 3).Select(_ => Respelled(name, random)),
        ];
        Assert.All(spellings, spelling => Assert.Equal(TextKey.Of(name), TextKey.Of(spelling)));
        return spellings;
    }

    private static string Respelled(string name, Random random)
    {
        var spelling = new StringBuilder();
        foreach (var rune in name.Normalize(random.Next(2) == 0 ? NormalizationForm.FormC : NormalizationForm.FormKD).EnumerateRunes())
        {
            spelling.Append(
                rune.Value switch
                {
                    // Letters are respelled before the @ only: whose domain it is, is another question.
                    _ when spelling.ToString().Contains('@', StringComparison.Ordinal) => Cased(rune),
                    >= 'a' and <= 'z' when random.Next(3) == 0 => new Rune(rune.Value - 'a' + 0xFF41).ToString(),
                    >= 'a' and <= 'z' when random.Next(3) == 0 => new Rune(rune.Value - 'a' + 0x1D41A).ToString(),
                    's' when random.Next(2) == 0 => "ſ",
                    _ => Cased(rune),
                }
            );
        }

        return spelling.ToString();

        string Cased(Rune rune) => (random.Next(2) == 0 ? rune : Rune.ToUpperInvariant(rune)).ToString();
    }

    private async Task<int> TotalAsync() => (await _host.Contoso.GetAsync("/Users?count=0")).Body["totalResults"]!.GetValue<int>();

    private async Task<long> RowsAsync(string name)
    {
        await using var connection = await _host.Get<SqliteDatabase>().OpenReaderAsync(CancellationToken.None);
        await using var statement = connection.Statement(
            """
            SELECT (SELECT COUNT(*) FROM resources WHERE name_key = $key) * (SELECT COUNT(*) FROM accounts WHERE "NormalizedUserName" = $key)
            """,
            ("$key", TextKey.Of(name))
        );
        return (long)(await statement.ExecuteScalarAsync())!;
    }
}
