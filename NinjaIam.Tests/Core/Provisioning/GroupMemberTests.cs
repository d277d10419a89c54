using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Provisioning;

public sealed class GroupMemberTests : IAsyncLifetime
{
    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    private ScimClient Contoso => _host.Contoso;

    [Fact]
    public async Task A_name_that_is_taken_is_refused_in_any_letter_case_and_the_holder_is_named()
    {
        var holder = await Contoso.AddGroupAsync("Équipe");
        var other = await Contoso.AddGroupAsync("Other");

        var created = await _host.RefusedAsync(() => Contoso.PostAsync("/Groups", """{"displayName":"ÉQUIPE"}"""));
        var renamed = await _host.RefusedAsync(() =>
            Contoso.PatchAsync($"/Groups/{other}", """{"op":"replace","path":"displayName","value":"équipe"}""")
        );

        created.AssertError(409, "uniqueness", holder);
        renamed.AssertError(409, "uniqueness", holder);
    }

    [Fact]
    public async Task Where_equal_names_are_allowed_they_are_and_those_that_are_equal_stay_when_it_is_turned_off()
    {
        var first = await Contoso.AddGroupAsync("Helpdesk");
        await AllowEqualNamesAsync(true);

        var second = await Contoso.PostAsync("/Groups", """{"displayName":"HELPDESK"}""");
        var third = await Contoso.PostAsync("/Groups", """{"displayName":"Night shift"}""");
        Assert.Equal((201, 201), (second.Status, third.Status));
        await AllowEqualNamesAsync(false);

        var refused = await _host.RefusedAsync(() => Contoso.PostAsync("/Groups", """{"displayName":"helpdesk"}"""));
        refused.AssertError(409, "uniqueness", first);
        (await _host.RefusedAsync(() => Contoso.PostAsync("/Groups", """{"displayName":"night shift"}"""))).AssertError(409, "uniqueness");
        foreach (var id in (string[])[first, second.Id])
        {
            var kept = await Contoso.PatchAsync($"/Groups/{id}", $$"""{"op":"replace","path":"externalId","value":"{{id}}"}""");
            Assert.Equal(204, kept.Status);
        }
    }

    [Fact]
    public async Task Members_that_do_not_exist_refuse_the_whole_request_and_at_most_twenty_are_named()
    {
        var ada = await Contoso.AddUserAsync("ada@contoso.com");
        var group = await Contoso.AddGroupAsync("Helpdesk");
        var unknown = Enumerable.Range(0, 25).Select(_ => Guid.NewGuid().ToString()).Append("no-id").ToList();
        var values = string.Join(',', unknown.Prepend(ada).Select(id => $$"""{"value":"{{id}}"}"""));

        var reply = await _host.RefusedAsync(() =>
            Contoso.PatchAsync($"/Groups/{group}", $$"""{"op":"add","path":"members","value":[{{values}}]}""")
        );

        var detail = reply.AssertError(400, "invalidValue", "26 ids");
        Assert.Equal(20, unknown.Count(id => detail.Contains(id, StringComparison.Ordinal)));
        Assert.DoesNotContain(ada, detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_of_another_provider_and_groups_are_no_members()
    {
        var fabrikam = await _host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));
        var foreign = await fabrikam.AddUserAsync("f@fabrikam.com");
        var inner = await Contoso.AddGroupAsync("Inner");
        var outer = await Contoso.AddGroupAsync("Outer");

        foreach (var id in (string[])[foreign, inner])
        {
            var reply = await _host.RefusedAsync(() =>
                Contoso.PatchAsync($"/Groups/{outer}", $$"""{"op":"add","path":"members","value":[{"value":"{{id}}"}]}""")
            );
            reply.AssertError(400, "invalidValue", id);
        }
    }

    [Fact]
    public async Task What_changes_nothing_writes_nothing()
    {
        var ada = await Contoso.AddUserAsync("ada@contoso.com");
        var ben = await Contoso.AddUserAsync("ben@contoso.com");
        var group = await Contoso.AddGroupAsync("Helpdesk", ada);
        var before = await _host.StateAsync();

        foreach (
            var operations in (string[])
                [
                    $$"""{"op":"add","path":"members","value":[{"value":"{{ada}}"}]}""",
                    $$"""{"op":"remove","path":"members[value eq \"{{ben}}\"]"}""",
                    """{"op":"replace","path":"displayName","value":"Helpdesk"}""",
                    $$"""{"op":"replace","path":"members","value":[{"value":"{{ada}}"}]}""",
                    $$"""{"op":"add","path":"members","value":[{"value":"{{ben}}"}]},{"op":"remove","path":"members","value":[{"value":"{{ben}}"}]}""",
                    """{"op":"remove","path":"members","value":[]}""",
                ]
        )
        {
            Assert.Equal(204, (await Contoso.PatchAsync($"/Groups/{group}", operations)).Status);
        }

        Assert.Equal(200, (await Contoso.PutAsync($"/Groups/{group}", """{"displayName":"Helpdesk"}""")).Status);
        Assert.Equal(200, (await Contoso.PutAsync($"/Users/{ada}", """{"userName":"ada@contoso.com"}""")).Status);
        Assert.Equal(before, await _host.StateAsync());
    }

    [Fact]
    public async Task Changing_members_moves_the_version_of_the_group_and_not_of_the_people()
    {
        var ada = await Contoso.AddUserAsync("ada@contoso.com");
        var group = await Contoso.AddGroupAsync("Helpdesk");
        _host.Clock.Advance(TimeSpan.FromMinutes(1));

        await Contoso.PatchAsync($"/Groups/{group}", $$"""{"op":"add","path":"members","value":[{"value":"{{ada}}"}]}""");

        var changed = await Contoso.GetAsync($"/Groups/{group}");
        Assert.Equal("W/\"2\"", changed.Header("ETag"));
        Assert.NotEqual(changed.Body["meta"]!["created"]!.GetValue<string>(), changed.Body["meta"]!["lastModified"]!.GetValue<string>());
        Assert.Equal("W/\"1\"", (await Contoso.GetAsync($"/Users/{ada}")).Header("ETag"));
    }

    [Fact]
    public async Task A_change_of_one_member_stands_in_Activities_with_the_name()
    {
        var ada = await Contoso.AddUserAsync("ada@contoso.com", ""","displayName":"Ada Lind" """);
        var group = await Contoso.AddGroupAsync("Helpdesk");

        await Contoso.PatchAsync($"/Groups/{group}", $$"""{"op":"add","path":"members","value":[{"value":"{{ada}}"}]}""");

        var activity = Assert.Single(await _host.ActivitiesAsync(), line => line.Kind == JournalKind.GroupMembersChanged);
        Assert.Equal(("Ada Lind", 1, 0, "Helpdesk"), (activity.Member, activity.Added, activity.Removed, activity.Subject));
        Assert.Equal(("Contoso", Contoso.Token[4..12]), (activity.ActorName, activity.Token));
    }

    [Fact]
    public async Task Replacing_members_with_none_empties_the_group()
    {
        var ada = await Contoso.AddUserAsync("ada@contoso.com");
        var group = await Contoso.AddGroupAsync("Helpdesk", ada);

        Assert.Equal(
            204,
            (await Contoso.PatchAsync($"/Groups/{group}", $$"""{"op":"replace","value":{"members":[],"id":"{{group}}"} }""")).Status
        );

        Assert.Null((await Contoso.GetAsync($"/Groups/{group}")).Body["members"]);
    }

    [Fact]
    public async Task A_large_group_is_changed_and_read_in_parts()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 1200).Select(number => Contoso.AddUserAsync($"u{number}@contoso.com")));
        var group = await Contoso.AddGroupAsync("Everyone", ids);

        var read = (await Contoso.GetAsync($"/Groups/{group}?attributes=members.value")).Body["members"]!.AsArray();
        Assert.Equal(ids.Order(), read.Select(member => member!["value"]!.GetValue<string>()).Order());
        Assert.All(read, member => Assert.Single(member!.AsObject()));

        await Contoso.PatchAsync($"/Groups/{group}", $$"""{"op":"replace","path":"members","value":[{"value":"{{ids[7]}}"}]}""");
        Assert.Equal(
            ids[7],
            Assert.Single((await Contoso.GetAsync($"/Groups/{group}")).Body["members"]!.AsArray())!["value"]!.GetValue<string>()
        );
    }

    [Fact]
    public async Task The_portal_reads_groups_members_and_the_groups_of_a_person_a_page_at_a_time()
    {
        var ada = await Contoso.AddUserAsync("ada@contoso.com", ""","displayName":"Ada Lind" """);
        var ben = await Contoso.AddUserAsync("ben@contoso.com", ""","active":false""");
        var group = await Contoso.AddGroupAsync("Helpdesk", ada, ben);
        await Contoso.AddGroupAsync("Auditors", ada);
        var queries = _host.Get<DirectoryQueries>();
        var actor = _host.Administrator.Actor;

        var byMembers = await queries.ListGroupsAsync(actor, new GroupFilter(), new PageRequest(0, 50, "-members"), CancellationToken.None);
        Assert.Equal([("Helpdesk", 2), ("Auditors", 1)], byMembers.Items.Select(line => (line.Name, line.Members)));
        var found = await queries.ListGroupsAsync(
            actor,
            new GroupFilter { Search = "audit", ProviderId = Contoso.ProviderId },
            new PageRequest(0, 50),
            CancellationToken.None
        );
        Assert.Equal(("Auditors", "Contoso", 1), (found.Items[0].Name, found.Items[0].ProviderName, found.Total));
        var members = await queries.ListMembersAsync(actor, Guid.Parse(group), null, new PageRequest(1, 1), CancellationToken.None);
        Assert.Equal((2, "ben@contoso.com"), (members.Total, Assert.Single(members.Items).UserName));
        var groups = await queries.ListGroupsOfAsync(actor, Guid.Parse(ada), new PageRequest(0, 50), CancellationToken.None);
        Assert.Equal(["Auditors", "Helpdesk"], groups.Items.Select(line => line.Name));
        var details = await queries.FindGroupAsync(actor, Guid.Parse(group), CancellationToken.None);
        Assert.Equal(("Helpdesk", 1L), (details!.Group.Name, details.Version));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() =>
            queries.CountGroupsAsync(new Actor(ActorKind.Provider, null, "x"), new GroupFilter(), CancellationToken.None)
        );
    }

    private async Task AllowEqualNamesAsync(bool allows)
    {
        var providers = _host.Get<Providers>();
        var details = (await providers.FindAsync(_host.Administrator.Actor, Contoso.Identifier, CancellationToken.None))!;
        var input = details.Input with { AllowsEqualGroupNames = allows };
        Installation.Done(
            await providers.ChangeAsync(Contoso.ProviderId, input, details.Stamp, _host.Administrator, CancellationToken.None)
        );
    }
}
