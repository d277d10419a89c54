using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning.Leaving;
using NinjaIam.Core.Tokens;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Provisioning;

/// <summary>Whom a provider could not deactivate is listed until somebody acts.</summary>
public sealed class RefusedDeactivationTests : IAsyncLifetime
{
    private const string Off = """{"op":"replace","path":"active","value":false}""";

    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    private ScimClient Contoso => _host.Contoso;

    private RefusedDeactivations Refused => _host.Get<RefusedDeactivations>();

    [Theory]
    [Proves("rule-23")]
    [InlineData(
        "PATCH",
        """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"active","value":"False"},{"op":"replace","path":"nonsense","value":1}]}"""
    )]
    [InlineData(
        "PATCH",
        """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","value":{"active":false,"emails":[{"value":1}]}},{"op":"what"}]}"""
    )]
    [InlineData("PATCH", """{"Operations":[{"op":"replace","path":"active","value":false}]}""")]
    [InlineData("PUT", """{"userName":"","active":false}""")]
    public async Task A_refused_request_that_would_have_taken_the_access_away_lists_the_person(string method, string json)
    {
        var ada = await Contoso.AddUserAsync("ada@contoso.com");

        var reply = await Contoso.SendAsync(new HttpMethod(method), $"/Users/{ada}", json);

        Assert.Equal(400, reply.Status);
        var listed = Assert.Single(await ListAsync());
        Assert.Equal((ada, reply.RequestId), (listed.Id.ToString("D"), listed.RequestId));
        Assert.Equal(reply.Body["detail"]!.GetValue<string>(), listed.Detail);
        Assert.Equal(1, Assert.Single(await Refused.CountAsync(Actor.System, CancellationToken.None)).People);
    }

    [Theory]
    [Proves("rule-23")]
    [InlineData("PATCH", """{"Operations":[{"op":"replace","path":"active","value":false}]}""", true)]
    [InlineData("PATCH", """{"Operations":[{"op":"replace","path":"active","value":true}]}""", false)]
    [InlineData("PUT", """{"userName":"ada@contoso.com","active":false}""", true)]
    [InlineData("PUT", "{", false)]
    [InlineData("DELETE", null, true)]
    public async Task With_a_token_that_may_only_read_it_is_refused_and_lists_the_person_all_the_same(
        string method,
        string? json,
        bool isListed
    )
    {
        var ada = await Contoso.AddUserAsync("ada@contoso.com");
        Installation.Done(
            await _host
                .Get<ScimConnections>()
                .ChangeTokenAsync(
                    Contoso.ProviderId,
                    Contoso.Token[4..12],
                    new TokenAccess(TokenScope.Read, []),
                    null,
                    _host.Administrator,
                    CancellationToken.None
                )
        );

        var reply = await Contoso.SendAsync(new HttpMethod(method), $"/Users/{ada}", json);

        reply.AssertError(403, null, "This token may only read.");
        Assert.Equal(isListed ? [ada] : [], (await ListAsync()).Select(person => person.Id.ToString("D")));
    }

    [Fact]
    [Proves("rule-23")]
    public async Task A_refused_DELETE_and_a_refused_bulk_operation_list_the_person()
    {
        var (ada, ben) = (await Contoso.AddUserAsync("ada@contoso.com"), await Contoso.AddUserAsync("ben@contoso.com"));

        var deleted = await Contoso.SendAsync(
            HttpMethod.Delete,
            $"/Users/{ada}",
            prepare: request => request.Headers.TryAddWithoutValidation("If-Match", "W/\"9\"")
        );
        await Contoso.PostAsync(
            "/Bulk",
            $$$"""
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[
              {"method":"PATCH","path":"/Users/{{{ben}}}","version":"W/\"9\"","data":{"Operations":[{{{Off}}}]}}]}
            """
        );

        Assert.Equal(412, deleted.Status);
        Assert.Equal(new HashSet<string> { ada, ben }, [.. (await ListAsync()).Select(person => person.Id.ToString("D"))]);
    }

    [Theory]
    [InlineData("""{"op":"replace","path":"active","value":true}""")]
    [InlineData("""{"op":"replace","path":"title","value":false}""")]
    public async Task What_takes_no_access_away_lists_nobody(string operation)
    {
        var ada = await Contoso.AddUserAsync("ada@contoso.com");

        Assert.Equal(400, (await Contoso.PatchAsync($"/Users/{ada}", operation + """,{"op":"what"}""")).Status);

        Assert.Empty(await ListAsync());
    }

    [Fact]
    [Proves("rule-12")]
    public async Task Nobody_of_another_provider_is_listed()
    {
        var fabrikam = await _host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));
        var ada = await Contoso.AddUserAsync("ada@contoso.com");

        await fabrikam.PatchAsync($"/Users/{ada}", Off);
        await fabrikam.PatchAsync($"/Users/{ada}", Off + """,{"op":"what"}""");

        Assert.Empty((await Refused.ListAsync(Actor.System, fabrikam.ProviderId, new PageRequest(0, 50), CancellationToken.None)).Items);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    [Proves("rule-22")]
    public async Task A_managed_person_who_became_a_system_administrator_stays_readable_and_is_listed_when_the_provider_wants_them_gone()
    {
        var ada = await Contoso.AddUserAsync("ada@contoso.com");
        Installation.Done(await _host.Get<AdministratorRights>().MakeAsync(Guid.Parse(ada), _host.Administrator, CancellationToken.None));

        Assert.Equal(200, (await Contoso.GetAsync($"/Users/{ada}")).Status);
        Assert.Equal(403, (await Contoso.PatchAsync($"/Users/{ada}", Off)).Status);

        Assert.Equal(ada, Assert.Single(await ListAsync()).Id.ToString("D"));
        Assert.True((await _host.AccountAsync(ada)).Active);
    }

    [Fact]
    public async Task Who_becomes_inactive_or_is_blocked_or_keeps_the_access_is_listed_no_more()
    {
        var people = new List<string>();
        foreach (var name in (string[])["ada", "ben", "cid"])
        {
            var id = await Contoso.AddUserAsync($"{name}@contoso.com");
            await Contoso.PatchAsync($"/Users/{id}", Off + """,{"op":"what"}""");
            people.Add(id);
        }

        Assert.Equal(3, (await ListAsync()).Count);

        await Contoso.PatchAsync($"/Users/{people[0]}", Off);
        Installation.Done(await _host.Get<PersonAccess>().BlockAsync(Guid.Parse(people[1]), _host.Administrator, CancellationToken.None));
        Installation.Done(await Refused.DismissAsync(Guid.Parse(people[2]), _host.Administrator, CancellationToken.None));

        Assert.Empty(await ListAsync());
        await Contoso.PatchAsync($"/Users/{people[0]}", """{"op":"replace","path":"active","value":true}""");
        Assert.Empty(await ListAsync());
        Assert.Contains(await _host.ActivitiesAsync(), activity => activity.Kind == JournalKind.DeactivationDismissed);
    }

    private async Task<IReadOnlyList<ShouldBeInactive>> ListAsync() =>
        (await Refused.ListAsync(Actor.System, Contoso.ProviderId, new PageRequest(0, 50), CancellationToken.None)).Items;
}
