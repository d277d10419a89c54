using System.Net.Http.Headers;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.ScimApi;

public sealed class RequestLogTests : IAsyncLifetime
{
    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_request_is_kept_with_what_was_asked_and_answered()
    {
        var reply = await _host.Contoso.SendAsync(
            HttpMethod.Post,
            "/Users?attributes=userName",
            """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada@contoso.com","active":"True"}""",
            request =>
            {
                request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Entra", "1"));
                request.Headers.Add("client-request-id", "0b7a5f2f");
            }
        );

        var logged = await _host.LoggedAsync(reply);

        Assert.Equal("POST", logged.Method);
        Assert.Equal($"/scim/v2/{_host.Contoso.Identifier}/Users?attributes=userName", logged.Path);
        Assert.Equal(201, logged.Status);
        Assert.Equal(_host.Contoso.ProviderId, logged.ProviderId);
        Assert.Equal(_host.Clock.GetUtcNow(), logged.At);
        Assert.InRange(logged.Duration.TotalSeconds, 0.00001, 30);
        Assert.Equal("127.0.0.1", logged.Address);
        Assert.Equal("Entra/1", logged.UserAgent);
        Assert.Equal(["client-request-id: 0b7a5f2f"], logged.ClientIds);
        Assert.Equal("""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"…","active":"True"}""", logged.Request.Text);
        Assert.StartsWith(
            """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":""",
            logged.Answer.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(reply.Id, logged.Answer.Text, StringComparison.Ordinal);
        Assert.Equal(["string-boolean: active"], logged.Repairs);
        Assert.Contains(logged.Token, _host.Contoso.Token, StringComparison.Ordinal);
        Assert.Equal(RequestLogState.Working, _host.Get<RequestLog>().State);
    }

    [Fact]
    public async Task Repairs_of_reading_are_kept_of_a_refused_request_too()
    {
        await _host.Contoso.AddUserAsync("ada");
        var reply = await _host.Contoso.PostAsync(
            "/Users",
            """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada","active":"True"}"""
        );

        var logged = await _host.LoggedAsync(reply);

        Assert.Equal(409, logged.Status);
        Assert.Equal(["string-boolean: active"], logged.Repairs);
        Assert.Contains("\"scimType\":\"uniqueness\"", logged.Answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_that_Entra_makes_of_its_flag_is_kept_as_it_is_meant()
    {
        var reply = await _host.Contoso.GetAsync("?aadOptscim062020/Users?count=5");

        var logged = await _host.LoggedAsync(reply);

        Assert.Equal($"/scim/v2/{_host.Contoso.Identifier}/Users?count=5", logged.Path);
    }

    [Fact]
    [Proves("asvs-16.2.1")]
    public async Task A_change_and_its_request_have_the_same_id()
    {
        var reply = await _host.Contoso.PostAsync("/Groups", """{"displayName":"Help desk"}""");

        var change = (await _host.ActivitiesAsync())[0];

        Assert.Equal(change.RequestId, (await _host.LoggedAsync(reply)).RequestId);
    }

    [Fact]
    public async Task Without_a_live_token_nothing_is_kept()
    {
        using var refused = await _host.Client.GetAsync($"/scim/v2/{_host.Contoso.Identifier}/Users");
        using var open = await _host.Client.GetAsync($"/scim/v2/{_host.Contoso.Identifier}/ServiceProviderConfig");
        var last = await _host.Contoso.GetAsync("/Users");

        await _host.LoggedAsync(last);

        Assert.Equal(401, (int)refused.StatusCode);
        Assert.Equal(200, (int)open.StatusCode);
        Assert.Equal([last.Header("X-Request-Id")], (await ListAsync()).Select(request => request.RequestId));
    }

    [Fact]
    [Proves("7644-7.5.1-1", "asvs-16.2.5")]
    public async Task No_secret_and_no_personal_value_gets_into_the_file()
    {
        const string Canary = "Canary7391";
        const string Phone = "+49 170 739173917391";
        var contoso = _host.Contoso;
        var person = $$"""
            "schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"{{Canary}}@contoso.com","externalId":"{{Canary}}",
            "name":{"givenName":"{{Canary}}","familyName":"{{Canary}}"},"displayName":"{{Canary}}","password":"{{Canary}}!",
            "emails":[{"value":"{{Canary}}@contoso.com","type":"work"}],"phoneNumbers":[{"value":"{{Phone}}","type":"{{Canary}}@"}],
            "{{Canary}} Lind":"{{Canary}}","nickName":["{{Canary}}"]
            """;
        var id = (
            await contoso.PostAsync("/Users", "{" + person.Replace(",\"nickName\":[\"Canary7391\"]", "", StringComparison.Ordinal) + "}")
        ).Id;
        var group = await contoso.AddGroupAsync("Help desk", id);
        ScimReply[] replies =
        [
            await contoso.PostAsync("/Users", "{" + person + "}"),
            await contoso.PutAsync($"/Users/{id}", "{" + person + "}"),
            await contoso.GetAsync($"/Users/{id}"),
            await contoso.GetAsync($"/Users/{Canary}@contoso.com"),
            await contoso.GetAsync($"/Users?filter=userName%20eq%20%22{Canary}@contoso.com%22"),
            await contoso.GetAsync($"/Users?filter=userName%20eq%20{Canary}@contoso.com"),
            await contoso.GetAsync($"/Users?filter=%22{Canary}%22&{Canary}%20=1&sortBy={Canary}@"),
            await contoso.GetAsync("/Users"),
            await contoso.GetAsync($"/Groups/{group}"),
            await contoso.PatchAsync($"/Users/{id}", $$"""{"op":"replace","path":"password","value":"{{Canary}}"}"""),
            await contoso.PatchAsync(
                $"/Users/{id}",
                $$"""{"op":"replace","path":"emails[value eq \"{{Canary}}@contoso.com\"].value","value":"{{Canary}}"}"""
            ),
            await contoso.PatchAsync(
                $"/Users/{id}",
                $$"""{"op":"replace","path":"emails[value eq \"{{Canary}}@x\"].display","value":"{{Canary}}"}"""
            ),
            await contoso.PatchAsync($"/Users/{id}", $$"""{"op":"{{Canary}}1","path":"{{Canary}} Lind","value":"{{Canary}}"}"""),
            await contoso.PatchAsync(
                $"/Groups/{group}",
                $$"""{"op":"add","path":"members","value":[{"value":"{{Canary}}","display":"{{Canary}}"}]}"""
            ),
            await contoso.SendAsync(HttpMethod.Post, "/Users", $$"""{"userName":"{{Canary}}" "{{Canary}}"}"""),
            await contoso.SendAsync(HttpMethod.Post, "/Users", $$"""{"userName":"{{Canary}}","x":{{new string('[', 200)}}"""),
            await contoso.SendAsync(
                HttpMethod.Get,
                "/Users",
                prepare: request =>
                {
                    request.Headers.Add("client-request-id", $"{Canary}@contoso.com");
                    request.Headers.Add("X-Correlation-Id", new string('7', 2_000));
                }
            ),
        ];
        foreach (var reply in replies)
        {
            await _host.LoggedAsync(reply);
        }

        var file = await ContentAsync();

        Assert.DoesNotContain(Canary, file, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("739173917391", file, StringComparison.Ordinal);
        Assert.DoesNotContain(contoso.Token, file, StringComparison.Ordinal);
        Assert.DoesNotContain(contoso.Token[13..], file, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('7', 200), file, StringComparison.Ordinal);
        Assert.Contains("Help desk", file, StringComparison.Ordinal);
        Assert.Contains("phoneNumbers", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_old_is_removed_a_little_at_a_time()
    {
        var old = await _host.Contoso.GetAsync("/Users");
        await _host.LoggedAsync(old);
        _host.Clock.Advance(TimeSpan.FromDays(31));

        await _host.LoggedAsync(await _host.Contoso.GetAsync("/Groups"));

        Assert.Equal(["/Groups"], (await ListAsync()).Select(request => request.Path[^7..]));
        Assert.Equal(RequestLogState.Working, _host.Get<RequestLog>().State);
    }

    [Fact]
    public async Task A_day_of_requests_is_counted_with_how_long_they_took_and_how_far_apart_they_come()
    {
        for (var run = 0; run < 5; run++)
        {
            await _host.LoggedAsync(await _host.Contoso.GetAsync("/Users"));
            _host.Clock.Advance(TimeSpan.FromMinutes(2));
            await _host.LoggedAsync(await _host.Contoso.GetAsync("/Groups"));
            _host.Clock.Advance(TimeSpan.FromMinutes(38));
        }

        var summary = await _host
            .Get<RequestReads>()
            .SummaryAsync(Actor.System, _host.Contoso.ProviderId, _host.Clock.GetUtcNow().AddDays(-1), CancellationToken.None);

        Assert.Equal(10, summary.Requests);
        Assert.Equal(TimeSpan.FromMinutes(40), summary.Cadence);
        Assert.InRange(summary.Typical!.Value, TimeSpan.FromMicroseconds(50), TimeSpan.FromSeconds(30));
        Assert.InRange(summary.Slow!.Value, summary.Typical.Value, TimeSpan.FromSeconds(30));
        Assert.Equal(0, summary.Lost);
    }

    [Fact]
    public async Task What_was_refused_or_repaired_and_what_a_client_calls_it_is_found()
    {
        await _host.LoggedAsync(await _host.Contoso.GetAsync("/Users"));
        var refused = await _host.Contoso.PostAsync("/Users", "{}");
        await _host.LoggedAsync(refused);
        var repaired = await _host.Contoso.SendAsync(
            HttpMethod.Post,
            "/Users",
            """{"userName":"ada"}""",
            request => request.Headers.Add("client-request-id", "0b7a5f2f")
        );
        await _host.LoggedAsync(repaired);
        var all = new RequestFilter(_host.Contoso.ProviderId);

        async Task FindsAsync(ScimReply expected, RequestFilter filter) =>
            Assert.Equal([expected.Header("X-Request-Id")], (await ListAsync(filter)).Select(request => request.RequestId));

        await FindsAsync(refused, all with { Result = RequestResult.Refused });
        await FindsAsync(repaired, all with { RequestId = "0b7a5f2f" });
        await FindsAsync(refused, all with { RequestId = refused.Header("X-Request-Id") });
        Assert.Contains(
            repaired.Header("X-Request-Id"),
            (await ListAsync(all with { Result = RequestResult.Repaired })).Select(request => request.RequestId)
        );
        Assert.Equal(3, (await ListAsync(all with { Since = _host.Clock.GetUtcNow() })).Count);
        Assert.Empty(await ListAsync(all with { Since = _host.Clock.GetUtcNow().AddTicks(1) }));
        Assert.Empty(await ListAsync(new RequestFilter(Guid.NewGuid()) { RequestId = refused.Header("X-Request-Id") }));
    }

    private async Task<IReadOnlyList<LoggedRequest>> ListAsync(RequestFilter? filter = null) =>
        (
            await _host
                .Get<RequestReads>()
                .ListAsync(Actor.System, filter ?? new RequestFilter(_host.Contoso.ProviderId), 0, 200, CancellationToken.None)
        ).Items;

    private async Task<string> ContentAsync()
    {
        var content = new System.Text.StringBuilder();
        foreach (var file in (string[])[_host.RequestLogFile, _host.RequestLogFile + "-wal"])
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.UTF8);
            content.Append(await reader.ReadToEndAsync());
        }

        return content.ToString();
    }
}
