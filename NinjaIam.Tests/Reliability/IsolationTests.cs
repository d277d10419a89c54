using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Reliability.Isolation;
using NinjaIam.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace NinjaIam.Tests.Reliability;

/// <summary>
/// Two providers act in one installation, and each of them does the same in another one where the other provider has nothing. Every answer
/// has to be the same there, byte for byte: so neither sees, changes or refers to what the other has, or learns from anything that it is
/// there.
/// </summary>
public sealed class IsolationTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly int[] Statuses = [200, 201, 204, 304, 400, 401, 404, 409, 412];

    private readonly List<Installed> _installations = [];

    private Installed Together => _installations[2];

    public async Task InitializeAsync()
    {
        for (var count = 0; count < 3; count++)
        {
            _installations.Add(await Installed.StartAsync());
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var installation in _installations)
        {
            await installation.DisposeAsync();
        }
    }

    [Fact]
    [Proves("asvs-8.4.1")]
    public async Task A_provider_is_answered_as_if_the_other_had_nothing()
    {
        var random = new Random(Seed.Next(output));
        var requests = new RandomRequests(random);
        var answered = new Dictionary<int, int>();
        var taken = 0;
        for (var step = 1; step <= Scale.Of("NINJAIAM_STEPS", 3_000); step++)
        {
            var provider = random.Next(2);
            var drawn = requests.Next(provider);
            _installations.ForEach(installation => installation.Host.Clock.Advance(TimeSpan.FromSeconds(1)));

            var answers = await Task.WhenAll(Together.SendAsync(provider, drawn), _installations[provider].SendAsync(provider, drawn));

            var (reply, alone) = (answers[0], answers[1]);
            Learn(provider, drawn, reply, alone, requests);
            var (together, expected) = (Together.Names.Labelled(reply), _installations[provider].Names.Labelled(alone));
            Assert.True(together == expected, $"Step {step}, provider {provider}: {drawn}\n{together}\n\nAlone:\n{expected}");
            answered[reply.Status] = answered.GetValueOrDefault(reply.Status) + 1;
            if (step % 10 == 0 && await IsRefusedForItsNameAsync(provider, requests.FreeName(1 - provider)))
            {
                taken++;
            }
        }

        output.WriteLine($"{string.Join(", ", answered.OrderBy(pair => pair.Key))}; {taken} times a free userName was taken.");
        Assert.Empty(Statuses.Except(answered.Keys));
        Assert.NotEqual(0, taken);
        await Soundness.AssertAsync(Together.Host.DatabaseFile);
    }

    /// <summary>What an answer brings can be used in later requests, by both providers.</summary>
    private void Learn(int provider, Drawn drawn, ScimReply reply, ScimReply alone, RandomRequests requests)
    {
        if (reply.Status == 201 && alone.Status == 201 && Together.Names.LabelOf(reply.Id) is null)
        {
            var label = $"‹{provider}:{reply.Id[..13]}›";
            Name(provider, label, reply.Id, alone.Id);
            requests.Created(provider, label, drawn.Path);
        }

        if (reply.Status == 200 && drawn.Path.Contains("cursor=", StringComparison.Ordinal) && reply.Body["nextCursor"] is { } cursor)
        {
            Name(provider, $"‹cursor {provider}›", cursor.GetValue<string>(), alone.Body["nextCursor"]!.GetValue<string>());
            requests.GivenCursor(provider, drawn);
        }
    }

    /// <summary>To who is alone, the labels of the other are ids and cursors of nothing.</summary>
    private void Name(int provider, string label, string together, string alone)
    {
        Together.Names.Add(label, together);
        _installations[provider].Names.Add(label, alone);
        _installations[1 - provider].Names.Add(label, alone);
    }

    /// <summary>
    /// The one thing that shows: a userName outside all claimed domains is taken. It is told as for a userName in a domain of the other
    /// provider, of which nobody learns whether it exists.
    /// </summary>
    private async Task<bool> IsRefusedForItsNameAsync(int provider, string userName)
    {
        var held = await Together.SendAsync(
            1 - provider,
            new Drawn(HttpMethod.Get, "/Users?count=0") { Filter = $"userName eq \"{userName}\"" }
        );
        if (held.Body["totalResults"]!.GetValue<int>() == 0)
        {
            return false;
        }

        var refused = await CreateAsync(userName);
        var claimed = await CreateAsync($"nobody@{(provider == 0 ? "fabrikam.com" : "contoso.com")}");

        refused.AssertError(409, "uniqueness");
        Assert.Equal(Together.Names.Labelled(claimed), Together.Names.Labelled(refused));
        return true;

        Task<ScimReply> CreateAsync(string name) =>
            Together.SendAsync(provider, new Drawn(HttpMethod.Post, "/Users", $$"""{"userName":"{{name}}"}"""));
    }
}
