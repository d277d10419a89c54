using System.Net.Sockets;
using System.Text;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Tokens;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.ScimApi;

public sealed class TokenTests : IAsyncLifetime
{
    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    private ScimClient Contoso => _host.Contoso;

    [Theory]
    [InlineData("Bearer {0}")]
    [InlineData("bearer {0}")]
    [InlineData("BEARER  {0} ")]
    public async Task A_live_token_is_accepted_in_every_usual_spelling(string header)
    {
        var reply = await SendAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, header, Contoso.Token));

        Assert.Equal(200, reply.Status);
        Assert.Matches("^[0-9a-f]{20}$", reply.Header("X-Request-Id"));
        Assert.NotNull(_host.Get<TokenUsage>().LastUsed(Contoso.Token[4..12]));
    }

    [Theory]
    [InlineData(null, SecurityCause.TokenMissing)]
    [InlineData("Basic YWRhOnNlY3JldA==", SecurityCause.TokenMalformed)]
    [InlineData("Bearer ", SecurityCause.TokenMalformed)]
    [InlineData("Bearer njs_wrong", SecurityCause.TokenMalformed)]
    [Proves("7644-2-3", "7644-3.12-3", "7644-7.7-2", "asvs-14.2.1", "asvs-16.3.2")]
    public async Task Without_a_token_every_answer_is_the_same_and_the_reason_is_kept(string? header, string cause)
    {
        var before = await _host.StateAsync();

        var reply = await SendAsync(header);

        await AssertRefusedAsync(reply, cause, Contoso.ProviderId);
        Assert.Equal(before, await _host.StateAsync());
    }

    [Theory]
    [InlineData("/Users", true)]
    [InlineData("/Users", false)]
    [InlineData("/ServiceProviderConfig", true)]
    public async Task Of_two_Authorization_headers_neither_is_taken(string path, bool isLiveFirst)
    {
        string[] tokens = [Contoso.Token, ScimTokenText.Create().Text];
        var lines = (isLiveFirst ? tokens : tokens.Reverse()).Select(token => $"Authorization: Bearer {token}\r\n");
        var request =
            $"GET /scim/v2/{Contoso.Identifier}{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{string.Concat(lines)}\r\n";

        // HttpClient would join them into one line.
        using var connection = new TcpClient();
        await connection.ConnectAsync(_host.Client.BaseAddress!.Host, _host.Client.BaseAddress.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
        Assert.Contains(
            await _host.ActivitiesAsync(),
            line => line.Kind == SecurityCause.TokenMalformed && line.Detail == "More than one Authorization header was sent."
        );
        Assert.Null(_host.Get<TokenUsage>().LastUsed(Contoso.Token[4..12]));
    }

    [Fact]
    [Proves("7644-2.1-3", "7644-7.7-2", "asvs-11.2.4")]
    public async Task An_unknown_an_expired_and_a_revoked_token_are_refused_alike()
    {
        var unknown = ScimTokenText.Create().Text;
        await AssertRefusedAsync(await SendAsync($"Bearer {unknown}"), SecurityCause.TokenUnknown, Contoso.ProviderId);

        var fabrikam = await _host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));
        var publicId = fabrikam.Token[4..12];
        Installation.Done(
            await _host.Get<ScimConnections>().RevokeTokenAsync(fabrikam.ProviderId, publicId, _host.Administrator, CancellationToken.None)
        );
        await AssertRefusedAsync(await fabrikam.GetAsync("/Users"), SecurityCause.TokenRevoked, fabrikam.ProviderId);

        _host.Clock.SetUtcNow(new DateTimeOffset(2027, 5, 23, 11, 59, 59, TimeSpan.Zero));
        Assert.Equal(200, (await Contoso.GetAsync("/Users")).Status);
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await AssertRefusedAsync(await Contoso.GetAsync("/Users"), SecurityCause.TokenExpired, Contoso.ProviderId);
    }

    [Fact]
    [Proves("7644-2.1-3", "7644-2-4", "rule-12")]
    public async Task A_token_of_another_provider_and_an_address_of_nobody_are_refused_alike()
    {
        var fabrikam = await _host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));
        var id = await Contoso.AddUserAsync("ada@contoso.com");

        var crossed = await new ScimClient(_host.Client, fabrikam.ProviderId, Contoso.Identifier, fabrikam.Token).GetAsync($"/Users/{id}");
        var nobody = await new ScimClient(_host.Client, fabrikam.ProviderId, "zzzzzzzzzzzz", fabrikam.Token).GetAsync("/Users");

        await AssertRefusedAsync(crossed, SecurityCause.TokenOfOtherProvider, fabrikam.ProviderId);
        Assert.Equal(crossed.Text, nobody.Text);
    }

    [Fact]
    public async Task A_disabled_provider_refuses_its_own_token()
    {
        Installation.Done(
            await _host
                .Get<ScimConnections>()
                .DisableAsync(Contoso.ProviderId, PeopleChoice.Keep, _host.Administrator, CancellationToken.None)
        );

        await AssertRefusedAsync(await Contoso.GetAsync("/Users"), SecurityCause.ScimDisabled, Contoso.ProviderId);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [Proves("7644-2-4", "7644-7.7-3", "rule-12", "asvs-8.2.2")]
    public async Task A_user_of_another_provider_is_answered_like_one_that_does_not_exist(string method)
    {
        var fabrikam = await _host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));
        var foreign = await fabrikam.AddUserAsync("f@fabrikam.com");
        var before = await _host.StateAsync();

        var reply = await RequestAsync(foreign);
        await fabrikam.DeleteAsync($"/Users/{foreign}");

        reply.AssertError(404, null);
        Assert.Equal(reply.Text, (await RequestAsync(foreign)).Text);
        Assert.NotEqual(before, await _host.StateAsync());
        Assert.Equal(0, (await Contoso.GetAsync("/Users?filter=userName eq \"f@fabrikam.com\"")).Body["totalResults"]!.GetValue<int>());

        Task<ScimReply> RequestAsync(string id) =>
            method switch
            {
                "GET" => Contoso.GetAsync($"/Users/{id}"),
                "PUT" => Contoso.PutAsync($"/Users/{id}", """{"userName":"f@contoso.com"}"""),
                "PATCH" => Contoso.PatchAsync($"/Users/{id}", """{"op":"replace","path":"active","value":false}"""),
                _ => Contoso.DeleteAsync($"/Users/{id}"),
            };
    }

    [Fact]
    [Proves("7644-2-5", "rule-28")]
    public async Task Refused_requests_stand_in_Activities_with_their_reason_and_questions_do_not()
    {
        await Contoso.GetAsync($"/Users/{Guid.NewGuid()}");
        var refused = await Contoso.PostAsync("/Users", "{");

        var activity = Assert.Single(await _host.ActivitiesAsync(), line => line.IsRefused);
        Assert.Equal((SecurityCause.ScimRefused, 400), (activity.Kind, activity.Status));
        Assert.Equal($"POST /scim/v2/{Contoso.Identifier}/Users", activity.Request);
        Assert.Equal(refused.Body["detail"]!.GetValue<string>(), activity.Detail);
        Assert.Equal((Contoso.ProviderId, Contoso.Token[4..12]), (activity.ProviderId, activity.Token));
    }

    [Fact]
    [Proves("7644-2.1-1")]
    public async Task A_token_that_may_only_read_reads_and_searches_and_changes_nothing()
    {
        const string Search = """{"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"count":1}""";
        var id = await Contoso.AddUserAsync("ada@contoso.com");
        await LimitAsync(new TokenAccess(TokenScope.Read, []));
        var before = await _host.StateAsync();
        ScimReply[] read =
        [
            await Contoso.GetAsync($"/Users/{id}"),
            await Contoso.GetAsync("/"),
            await Contoso.PostAsync("/.search", Search),
            await Contoso.PostAsync("/Users/.search", Search),
            await Contoso.GetAsync("/ServiceProviderConfig"),
        ];
        ScimReply[] refused =
        [
            await Contoso.PostAsync("/Users", """{"userName":"ben@contoso.com"}"""),
            await Contoso.PostAsync("/Groups", """{"displayName":"Helpdesk"}"""),
            await Contoso.PutAsync($"/Users/{id}", """{"userName":"ben@contoso.com"}"""),
            await Contoso.PatchAsync($"/Users/{id}", """{"op":"replace","path":"active","value":false}"""),
            await Contoso.DeleteAsync($"/Users/{id}"),
            await Contoso.PostAsync(
                "/Bulk",
                """{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":"DELETE","path":"/Users/1"}]}"""
            ),
        ];

        Assert.All(read, reply => Assert.Equal(200, reply.Status));
        Assert.All(refused, reply => reply.AssertError(403, null, "This token may only read."));
        Assert.Equal(before, await _host.StateAsync());
        var kept = (await _host.ActivitiesAsync()).Where(line => line.IsRefused).ToList();
        Assert.Equal(refused.Length, kept.Count);
        Assert.All(kept, line => Assert.Equal((SecurityCause.TokenReadOnly, 403), (line.Kind, line.Status)));

        await LimitAsync(TokenAccess.Everything);
        Assert.Equal(204, (await Contoso.DeleteAsync($"/Users/{id}")).Status);
    }

    [Fact]
    [Proves("7644-2.1-1", "7644-7.7-2", "rule-59")]
    public async Task A_token_is_accepted_only_from_its_networks_and_elsewhere_refused_like_an_unknown_one()
    {
        await LimitAsync(Installation.Done(TokenAccess.Parse(TokenScope.ReadAndWrite, ["203.0.113.0/24"])));

        await AssertRefusedAsync(await Contoso.GetAsync("/Users"), SecurityCause.TokenNetwork, Contoso.ProviderId);
        Assert.Null(_host.Get<TokenUsage>().LastUsed(Contoso.Token[4..12]));

        await LimitAsync(Installation.Done(TokenAccess.Parse(TokenScope.ReadAndWrite, ["203.0.113.0/24", "127.0.0.0/8"])));
        Assert.Equal(200, (await Contoso.GetAsync("/Users")).Status);
    }

    private async Task LimitAsync(TokenAccess access) =>
        Installation.Done(
            await _host
                .Get<ScimConnections>()
                .ChangeTokenAsync(Contoso.ProviderId, Contoso.Token[4..12], access, null, _host.Administrator, CancellationToken.None)
        );

    private async Task<ScimReply> SendAsync(string? authorization) =>
        await Contoso.SendAsync(
            HttpMethod.Get,
            "/Users",
            null,
            request =>
            {
                request.Headers.Remove("Authorization");
                if (authorization is not null)
                {
                    request.Headers.TryAddWithoutValidation("Authorization", authorization);
                }
            }
        );

    private async Task AssertRefusedAsync(ScimReply reply, string cause, Guid providerId)
    {
        reply.AssertError(401, null, "The SCIM token is missing or not accepted.");
        Assert.Equal("Bearer", reply.Header("WWW-Authenticate"));
        Assert.Contains(await _host.ActivitiesAsync(), line => line.Kind == cause && line.ProviderId == providerId && line.Status == 401);
    }
}
