using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning.Preview;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Provisioning;

/// <summary>A provider in preview: reads are answered, writes are found out about and not done.</summary>
public sealed class PreviewTests : IAsyncLifetime
{
    private readonly ScimHost _host = new();

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        await _host.StopNotingUseAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    private ScimClient Contoso => _host.Contoso;

    private ScimConnections Connections => _host.Get<ScimConnections>();

    [Fact]
    [Proves("rule-26")]
    public async Task Writes_are_put_off_and_listed_with_what_they_would_come_to()
    {
        var ada = await KeepAsync("ada@contoso.com");
        var ben = await Contoso.AddUserAsync("ben@contoso.com");
        await StartAsync();
        var before = await _host.StateAsync();

        ScimReply[] replies =
        [
            await Contoso.PostAsync("/Users", """{"userName":"new@contoso.com"}"""),
            await Contoso.PostAsync("/Users", """{"userName":"ada@contoso.com"}"""),
            await Contoso.PostAsync("/Users", """{"userName":"ben@contoso.com"}"""),
            await Contoso.PostAsync("/Users", """{"userName":"elsewhere@example.com","emails":"x"}"""),
            await Contoso.PostAsync(
                "/Users",
                """{"userName":"guest@contoso.com","urn:x":{}}"""
                    .Replace("urn:x", NinjaIam.Core.Scim.Schema.SchemaUrns.NinjaOneUser)
                    .Replace("{}", """{"userType":"Guest"}""")
            ),
            await Contoso.PatchAsync($"/Users/{ben}", """{"op":"replace","path":"active","value":false}"""),
            await Contoso.PostAsync("/Groups", $$"""{"displayName":"Helpdesk","members":[{"value":"{{ben}}"}]}"""),
        ];

        Assert.All(replies, reply => Assert.Equal((503, "600"), (reply.Status, reply.Header("Retry-After"))));
        Assert.Equal(before, await _host.StateAsync());
        var all = await FindingsAsync();
        var findings = all.Where(finding => finding.Result != PreviewResult.Leaves).ToDictionary(finding => finding.Subject);
        Assert.Equal(PreviewResult.New, findings["new@contoso.com"].Result);
        Assert.Equal(
            (PreviewResult.Adopted, (Guid?)Guid.Parse(ada)),
            (findings["ada@contoso.com"].Result, findings["ada@contoso.com"].ResourceId)
        );
        Assert.Equal(PreviewResult.Collides, findings["ben@contoso.com"].Result);
        Assert.Contains("is taken", findings["ben@contoso.com"].Detail);
        Assert.Equal(PreviewResult.Refused, findings["guest@contoso.com"].Result);
        Assert.Contains("userType", findings["guest@contoso.com"].Detail);
        Assert.Equal(PreviewResult.New, findings["Helpdesk"].Result);
        Assert.Contains(all, finding => finding.Result == PreviewResult.Leaves && finding.ResourceId == Guid.Parse(ben));
    }

    [Fact]
    public async Task Reads_are_answered_as_they_are()
    {
        var ben = await Contoso.AddUserAsync("ben@contoso.com");
        await StartAsync();

        Assert.Equal(200, (await Contoso.GetAsync($"/Users/{ben}")).Status);
        Assert.Equal(1, (await Contoso.GetAsync("/Users")).Body["totalResults"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_bulk_request_is_put_off_as_a_whole()
    {
        await StartAsync();
        var before = await _host.StateAsync();

        var reply = await Contoso.PostAsync(
            "/Bulk",
            """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[
              {"method":"POST","path":"/Users","bulkId":"a","data":{"userName":"a@contoso.com"}},
              {"method":"POST","path":"/Users","bulkId":"b","data":{"userName":"b@contoso.com"}}]}
            """
        );

        Assert.Equal((503, "600"), (reply.Status, reply.Header("Retry-After")));
        Assert.Equal(before, await _host.StateAsync());
        Assert.Equal(2, (await FindingsAsync()).Count);
    }

    [Fact]
    public async Task The_latest_request_about_somebody_counts()
    {
        await StartAsync();
        await Contoso.PostAsync("/Users", """{"userName":"a@contoso.com","emails":[{"value":7}]}""");
        await Contoso.PostAsync("/Users", """{"userName":"a@contoso.com"}""");

        Assert.Equal(PreviewResult.New, Assert.Single(await FindingsAsync()).Result);
    }

    [Fact]
    public async Task After_its_end_requests_take_effect_and_the_list_is_gone()
    {
        await StartAsync();
        await Contoso.PostAsync("/Users", """{"userName":"new@contoso.com"}""");

        Installation.Done(await Connections.EndPreviewAsync(Contoso.ProviderId, _host.Administrator, CancellationToken.None));

        Assert.Empty(await FindingsAsync());
        Assert.Equal(201, (await Contoso.PostAsync("/Users", """{"userName":"new@contoso.com"}""")).Status);
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await StartAsync();
        Assert.Empty(await FindingsAsync());
    }

    [Fact]
    public async Task SCIM_can_be_enabled_in_preview_and_the_first_request_does_nothing()
    {
        Installation.Done(
            await Connections.DisableAsync(Contoso.ProviderId, PeopleChoice.Keep, _host.Administrator, CancellationToken.None)
        );
        Assert.False(
            (
                await Connections.EnableAsync(Contoso.ProviderId, _host.Administrator, CancellationToken.None, startsInPreview: true)
            ).IsRefused
        );

        Assert.Equal(503, (await Contoso.PostAsync("/Users", """{"userName":"new@contoso.com"}""")).Status);
        var provider = (await _host.Get<Providers>().FindAsync(Actor.System, Contoso.Identifier, CancellationToken.None))!;
        Assert.Equal(ScimState.Preview, provider.Scim);
    }

    [Fact]
    public async Task A_pause_and_a_preview_do_not_go_together()
    {
        await StartAsync();
        Assert.Equal(
            RefusalKind.NotAllowed,
            Installation
                .Refused(await Connections.PauseAsync(Contoso.ProviderId, untilEnded: false, _host.Administrator, CancellationToken.None))
                .Kind
        );
        Installation.Done(await Connections.EndPreviewAsync(Contoso.ProviderId, _host.Administrator, CancellationToken.None));
        Installation.Done(await Connections.PauseAsync(Contoso.ProviderId, untilEnded: false, _host.Administrator, CancellationToken.None));
        Assert.Equal(
            RefusalKind.NotAllowed,
            Installation.Refused(await Connections.StartPreviewAsync(Contoso.ProviderId, _host.Administrator, CancellationToken.None)).Kind
        );
    }

    private async Task StartAsync() =>
        Installation.Done(await Connections.StartPreviewAsync(Contoso.ProviderId, _host.Administrator, CancellationToken.None));

    private async Task<string> KeepAsync(string userName)
    {
        var id = await Contoso.AddUserAsync(userName);
        Installation.Done(
            await Connections.DisableAsync(Contoso.ProviderId, PeopleChoice.Convert, _host.Administrator, CancellationToken.None)
        );
        Assert.False((await Connections.EnableAsync(Contoso.ProviderId, _host.Administrator, CancellationToken.None)).IsRefused);
        return id;
    }

    private async Task<IReadOnlyList<PreviewFinding>> FindingsAsync() =>
        (
            await _host
                .Get<Previews>()
                .ListAsync(Actor.System, Contoso.ProviderId, null, null, new PageRequest(0, 50), CancellationToken.None)
        ).Items;
}
