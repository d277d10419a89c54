using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;
using RoleDirectory = NinjaIam.Core.Accounts.Roles.Roles;

namespace NinjaIam.Tests.Core.Accounts.Roles;

/// <summary>Groups and attributes that give roles, with people and groups that came over SCIM.</summary>
public sealed class RoleMappingsTests : IAsyncLifetime
{
    private const string Extension = "urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User";
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private const string AsTechnician = $$"""
        ,"{{Extension}}":{"userType":"Technician"}
        """;

    private readonly ScimHost _host = new();

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        Fabrikam = await _host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com") with { MayCreateTechnicians = true });
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    private ScimClient Fabrikam { get; set; } = null!;

    private RoleDirectory Roles => _host.Get<RoleDirectory>();

    private RoleMappings Mappings => _host.Get<RoleMappings>();

    [Fact]
    [Proves("rule-35")]
    public async Task A_mapped_group_gives_its_role_to_members_of_the_right_kind_and_takes_it_with_the_membership()
    {
        var role = await AddRoleAsync("Help desk");
        var (ada, ben) = (await Fabrikam.AddUserAsync("ada@fabrikam.com", AsTechnician), await Fabrikam.AddUserAsync("ben@fabrikam.com"));
        var group = await Fabrikam.AddGroupAsync("Helpdesk-L1", ada, ben);

        await SaveAsync(new NewMapping(role, Guid.Parse(group), null, null));

        var held = Assert.Single(await RolesOfAsync(ada));
        var reason = Assert.Single(held.Reasons);
        Assert.Equal(
            ("Help desk", RoleRoute.ByGroup, "Helpdesk-L1", _host.Administrator.Actor.Name),
            (held.Name, reason.Route, reason.GroupName, reason.By)
        );
        Assert.Empty(await RolesOfAsync(ben));

        await RemoveMemberAsync(group, ada);

        Assert.Empty(await RolesOfAsync(ada));
        await using var database = _host.Read();
        Assert.Equal(0, await database.RoleGrants.CountAsync());
    }

    [Fact]
    [Proves("rule-35")]
    public async Task Several_ways_add_up_and_what_was_given_by_hand_stays()
    {
        var role = await AddRoleAsync("Help desk");
        var ada = await Fabrikam.AddUserAsync("ada@fabrikam.com", AsTechnician);
        var (first, second) = (await Fabrikam.AddGroupAsync("L1", ada), await Fabrikam.AddGroupAsync("L2", ada));
        Installation.Done(await Roles.GiveAsync(Guid.Parse(ada), role, _host.Administrator, CancellationToken.None));
        await SaveAsync(new(role, Guid.Parse(first), null, null), new(role, Guid.Parse(second), null, null));

        Assert.Equal(3, Assert.Single(await RolesOfAsync(ada)).Reasons.Count);

        Assert.Equal(204, (await Fabrikam.DeleteAsync($"/Groups/{first}")).Status);
        await RemoveMemberAsync(second, ada);

        Assert.Equal(RoleRoute.ByHand, Assert.Single(Assert.Single(await RolesOfAsync(ada)).Reasons).Route);
        Assert.Equal(1, (await Roles.FindAsync(Actor.System, role, CancellationToken.None))!.People);
    }

    [Theory]
    [InlineData(
        "title",
        """
            ,"title":"Help Desk"
            """
    )]
    [InlineData(
        $"{Enterprise}:department",
        $$"""
            ,"{{Enterprise}}":{"department":"HELP DESK"}
            """
    )]
    [Proves("rule-36")]
    public async Task A_value_of_an_attribute_gives_its_role_in_any_letter_case(string attribute, string more)
    {
        var role = await AddRoleAsync("Viewer", AccountKind.EndUser);
        var (ada, ben) = (await Fabrikam.AddUserAsync("ada@fabrikam.com", more), await Fabrikam.AddUserAsync("ben@fabrikam.com"));

        await SaveAsync(new NewMapping(role, null, attribute, " Help desk "));

        var reason = Assert.Single(Assert.Single(await RolesOfAsync(ada)).Reasons);
        Assert.Equal((RoleRoute.ByAttribute, attribute, "Help desk"), (reason.Route, reason.Attribute, reason.Value));
        Assert.Empty(await RolesOfAsync(ben));
        var value = Assert.Single(await Mappings.ListValuesAsync(Actor.System, Fabrikam.ProviderId, CancellationToken.None));
        Assert.Equal((attribute, "Help desk", "Viewer", 1), (value.Attribute, value.Value, value.Role.Name, value.People));
    }

    [Fact]
    public async Task One_of_several_values_of_a_defined_attribute_gives_its_role()
    {
        var host = new ScimHost { Schemas = SampleDefinitions.Registry };
        await host.InitializeAsync();
        try
        {
            var role = Installation.Done(
                await host.Get<RoleDirectory>()
                    .CreateAsync(AccountKind.EndUser, new RoleInput { Name = "Viewer" }, host.Administrator, CancellationToken.None)
            );
            var ada = await host.Contoso.AddUserAsync(
                "ada@contoso.com",
                $$"""
                ,"{{SampleDefinitions.Badge}}":{"number":"1","doors":["north","South"]}
                """
            );
            var changes = new MappingChanges([new(role, null, $"{SampleDefinitions.Badge}:doors", "south")], []);

            Installation.Done(
                await host.Get<RoleMappings>().SaveAsync(host.Contoso.ProviderId, changes, null, host.Administrator, CancellationToken.None)
            );

            Assert.Single(await host.Get<RoleDirectory>().OfPersonAsync(Actor.System, Guid.Parse(ada), CancellationToken.None));
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_preview_counts_everybody_once_and_by_all_ways_together()
    {
        var role = await AddRoleAsync("Help desk");
        var ids = new List<string>();
        for (var index = 0; index < 4; index++)
        {
            ids.Add(await Fabrikam.AddUserAsync($"person{index}@fabrikam.com", index < 3 ? AsTechnician : ""));
        }

        var (first, second) = (
            await Fabrikam.AddGroupAsync("L1", ids[0], ids[1]),
            await Fabrikam.AddGroupAsync("L2", ids[1], ids[2], ids[3])
        );
        Installation.Done(await Roles.GiveAsync(Guid.Parse(ids[2]), role, _host.Administrator, CancellationToken.None));
        await SaveAsync(new NewMapping(role, Guid.Parse(first), null, null));
        var mapping = Assert.Single(await GroupsAsync(isMapped: true)).Roles[0].MappingId;

        // Number 0 loses it, 1 keeps it by the other group, 2 has it by hand, 3 is no technician.
        var changes = new MappingChanges([new(role, Guid.Parse(second), null, null)], [mapping]);
        var effect = Assert.Single((await PreviewAsync(changes)).Effects);

        Assert.Equal(new RoleEffect(role, "Help desk", AccountKind.Technician, 0, 1, 1), effect);
        var losing = await Mappings.ListAffectedAsync(
            Actor.System,
            Fabrikam.ProviderId,
            changes,
            role,
            gaining: false,
            new PageRequest(0, 25),
            CancellationToken.None
        );
        Assert.Equal((1, "person0@fabrikam.com"), (losing.Total, Assert.Single(losing.Items).UserName));
        Assert.Single(await RolesOfAsync(ids[0]));
    }

    [Fact]
    public async Task What_changed_since_the_preview_is_shown_again_before_anything_is_saved()
    {
        var role = await AddRoleAsync("Help desk");
        var ada = await Fabrikam.AddUserAsync("ada@fabrikam.com", AsTechnician);
        var group = await Fabrikam.AddGroupAsync("L1");
        var changes = new MappingChanges([new(role, Guid.Parse(group), null, null)], []);
        var seen = await PreviewAsync(changes);
        Assert.Equal(0, Assert.Single(seen.Effects).Gain);
        await AddMemberAsync(group, ada);

        var save = Installation.Done(
            await Mappings.SaveAsync(Fabrikam.ProviderId, changes, seen.Effects, _host.Administrator, CancellationToken.None)
        );

        Assert.Null(save.Undo);
        Assert.Equal(1, Assert.Single(save.Effects!).Gain);
        Assert.Empty(await RolesOfAsync(ada));
        var again = Installation.Done(
            await Mappings.SaveAsync(Fabrikam.ProviderId, changes, save.Effects, _host.Administrator, CancellationToken.None)
        );
        Assert.NotNull(again.Undo);
        Assert.Single(await RolesOfAsync(ada));
    }

    [Fact]
    public async Task What_was_saved_is_undone_and_both_stand_in_the_journal()
    {
        var role = await AddRoleAsync("Help desk");
        var ada = await Fabrikam.AddUserAsync("ada@fabrikam.com", AsTechnician);
        var group = await Fabrikam.AddGroupAsync("L1", ada);

        var undo = await SaveAsync(new NewMapping(role, Guid.Parse(group), null, null));
        Assert.Equal([new ChangedValue("L1", null, "Help desk")], await NewestChangesAsync());
        var redo = Installation
            .Done(await Mappings.SaveAsync(Fabrikam.ProviderId, undo, null, _host.Administrator, CancellationToken.None))
            .Undo!;

        Assert.Empty(await RolesOfAsync(ada));
        Assert.Equal([new ChangedValue("L1", "Help desk", null)], await NewestChangesAsync());
        Installation.Done(await Mappings.SaveAsync(Fabrikam.ProviderId, redo, null, _host.Administrator, CancellationToken.None));
        Assert.Single(await RolesOfAsync(ada));
    }

    [Fact]
    public async Task A_mapping_belongs_to_the_group_and_not_to_its_name()
    {
        var role = await AddRoleAsync("Help desk");
        var ada = await Fabrikam.AddUserAsync("ada@fabrikam.com", AsTechnician);
        var group = await Fabrikam.AddGroupAsync("Administrators", ada);
        await SaveAsync(new NewMapping(role, Guid.Parse(group), null, null));
        Assert.Equal(204, (await Fabrikam.DeleteAsync($"/Groups/{group}")).Status);

        await Fabrikam.AddGroupAsync("Administrators", ada);

        Assert.Empty(await RolesOfAsync(ada));
        Assert.Equal(
            ["Administrators True", "Administrators False"],
            (await GroupsAsync(null)).Select(each => $"{each.Name} {each.IsDeleted}")
        );
    }

    [Fact]
    public async Task A_group_that_returns_with_its_externalId_brings_its_mapping_back()
    {
        var role = await AddRoleAsync("Help desk");
        var ada = await Fabrikam.AddUserAsync("ada@fabrikam.com", AsTechnician);
        var body = $$"""{"displayName":"L1","externalId":"g-1","members":[{"value":"{{ada}}"}]}""";
        var group = (await Fabrikam.PostAsync("/Groups", body)).Id;
        await SaveAsync(new NewMapping(role, Guid.Parse(group), null, null));
        Assert.Equal(204, (await Fabrikam.DeleteAsync($"/Groups/{group}")).Status);
        Assert.Empty(await RolesOfAsync(ada));

        Assert.Equal(group, (await Fabrikam.PostAsync("/Groups", body)).Id);

        Assert.Single(await RolesOfAsync(ada));
    }

    [Fact]
    [Proves("rule-33")]
    public async Task Who_becomes_something_else_loses_the_roles_of_before_for_good_and_the_activity_says_so()
    {
        var role = await AddRoleAsync("Help desk");
        var ada = await Fabrikam.AddUserAsync("ada@fabrikam.com", AsTechnician);
        Installation.Done(await Roles.GiveAsync(Guid.Parse(ada), role, _host.Administrator, CancellationToken.None));

        await SetTypeAsync(ada, "endUser");

        Assert.Contains(new ChangedValue("role", "Help desk", null), await NewestChangesAsync(JournalKind.UserChanged));
        await SetTypeAsync(ada, "Technician");
        Assert.Empty(await RolesOfAsync(ada));
        Assert.True((await PersonAsync(ada)).LacksRole);
    }

    [Fact]
    [Proves("rule-24")]
    public async Task Who_is_activated_again_has_the_roles_of_before()
    {
        var role = await AddRoleAsync("Help desk");
        var ada = await Fabrikam.AddUserAsync("ada@fabrikam.com", AsTechnician);
        Installation.Done(await Roles.GiveAsync(Guid.Parse(ada), role, _host.Administrator, CancellationToken.None));
        await SetActiveAsync(ada, false);

        await SetActiveAsync(ada, true);

        Assert.True(Assert.Single(await RolesOfAsync(ada)).Counts);
    }

    [Fact]
    public async Task Who_was_deleted_and_returns_has_mapped_roles_at_once_and_others_when_an_administrator_says_so()
    {
        var (byHand, byGroup) = (await AddRoleAsync("Auditor"), await AddRoleAsync("Help desk"));
        var body = $$"""{"userName":"ada@fabrikam.com","externalId":"a-1"{{AsTechnician}}}""";
        var ada = (await Fabrikam.PostAsync("/Users", body)).Id;
        var group = await Fabrikam.AddGroupAsync("L1", ada);
        Installation.Done(await Roles.GiveAsync(Guid.Parse(ada), byHand, _host.Administrator, CancellationToken.None));
        await SaveAsync(new NewMapping(byGroup, Guid.Parse(group), null, null));
        Assert.Equal(204, (await Fabrikam.DeleteAsync($"/Users/{ada}")).Status);

        Assert.Equal(ada, (await Fabrikam.PostAsync("/Users", body)).Id);
        await AddMemberAsync(group, ada);

        var held = await RolesOfAsync(ada);
        Assert.Equal([("Auditor", false), ("Help desk", true)], held.Select(role => (role.Name, role.Counts)));
        Assert.Equal(["Help desk"], (await PersonAsync(ada)).Roles);
        Installation.Done(await Roles.GiveAsync(Guid.Parse(ada), byHand, _host.Administrator, CancellationToken.None));
        Assert.Equal(["Auditor", "Help desk"], (await PersonAsync(ada)).Roles);
    }

    [Fact]
    [Proves("rule-39")]
    public async Task A_new_technician_has_no_role_and_is_found_as_such()
    {
        var role = await AddRoleAsync("Help desk");
        var (ada, ben) = (
            await Fabrikam.AddUserAsync("ada@fabrikam.com", AsTechnician),
            await Fabrikam.AddUserAsync("ben@fabrikam.com", AsTechnician)
        );
        await Fabrikam.AddUserAsync("eve@fabrikam.com");
        Installation.Done(await Roles.GiveAsync(Guid.Parse(ben), role, _host.Administrator, CancellationToken.None));

        var found = await _host
            .Get<People>()
            .ListAsync(Actor.System, new PeopleFilter { WithoutRole = true }, new PageRequest(0, 25), CancellationToken.None);

        Assert.Equal(ada, Assert.Single(found.Items).Id.ToString("D"));
        Assert.True(found.Items[0].LacksRole);
    }

    [Fact]
    public async Task What_cannot_be_mapped_is_refused_in_words()
    {
        var role = await AddRoleAsync("Help desk");
        var group = await Fabrikam.AddGroupAsync("L1");
        var foreign = await _host.Contoso.AddGroupAsync("L1");
        await SaveAsync(new NewMapping(role, Guid.Parse(group), null, null));

        Assert.Equal("One of these groups does not exist any more.", await RefusedAsync(new(role, Guid.Parse(foreign), null, null)));
        Assert.Equal("One of these roles does not exist any more.", await RefusedAsync(new(77, Guid.Parse(group), null, null)));
        Assert.StartsWith(
            "One of these mappings exists",
            await RefusedAsync(new(role, Guid.Parse(group), null, null)),
            StringComparison.Ordinal
        );
        Assert.Equal("Choose one of the attributes of the list.", await RefusedAsync(new(role, null, "userName", "ada")));
        Assert.Equal("Choose one of the attributes of the list.", await RefusedAsync(new(role, null, "roles.value", "x")));
        Assert.StartsWith("Enter the value", await RefusedAsync(new(role, null, "title", " ")), StringComparison.Ordinal);
        Assert.StartsWith("Choose a group, or", await RefusedAsync(new(role, null, null, null)), StringComparison.Ordinal);
        var kept = Installation.Refused(await Roles.DeleteAsync(role, _host.Administrator, CancellationToken.None));
        Assert.StartsWith("One mapping of an identity provider gives this role.", kept.Detail, StringComparison.Ordinal);
        var stranger = new Actor(ActorKind.Provider, Guid.NewGuid(), "Contoso", "a1B2c3D4");
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() =>
            Mappings.PreviewAsync(stranger, Fabrikam.ProviderId, MappingChanges.None, CancellationToken.None)
        );
        Assert.Equal(
            RefusalKind.NotAllowed,
            Installation
                .Refused(
                    await Mappings.SaveAsync(Fabrikam.ProviderId, MappingChanges.None, null, Origin.Of(stranger), CancellationToken.None)
                )
                .Kind
        );
    }

    private async Task<int> AddRoleAsync(string name, AccountKind kind = AccountKind.Technician) =>
        Installation.Done(
            await Roles.CreateAsync(
                kind,
                new RoleInput { Name = name, Permissions = [new(Permissions.For(kind)[0], true, [])] },
                _host.Administrator,
                CancellationToken.None
            )
        );

    private async Task<MappingChanges> SaveAsync(params NewMapping[] added) =>
        Installation
            .Done(
                await Mappings.SaveAsync(
                    Fabrikam.ProviderId,
                    new MappingChanges(added, []),
                    null,
                    _host.Administrator,
                    CancellationToken.None
                )
            )
            .Undo!;

    private async Task<string> RefusedAsync(NewMapping added) =>
        Installation
            .Refused(
                await Mappings.SaveAsync(
                    Fabrikam.ProviderId,
                    new MappingChanges([added], []),
                    null,
                    _host.Administrator,
                    CancellationToken.None
                )
            )
            .Detail;

    private async Task<MappingPreview> PreviewAsync(MappingChanges changes) =>
        Installation.Done(await Mappings.PreviewAsync(Actor.System, Fabrikam.ProviderId, changes, CancellationToken.None));

    private async Task<IReadOnlyList<MappedGroup>> GroupsAsync(bool? isMapped) =>
        (
            await Mappings.ListGroupsAsync(
                Actor.System,
                Fabrikam.ProviderId,
                new MappedGroupFilter { IsMapped = isMapped },
                new PageRequest(0, 25),
                CancellationToken.None
            )
        ).Items;

    private Task<IReadOnlyList<PersonRole>> RolesOfAsync(string person) =>
        Roles.OfPersonAsync(Actor.System, Guid.Parse(person), CancellationToken.None);

    private async Task<PersonLine> PersonAsync(string person) =>
        (await _host.Get<People>().FindAsync(Actor.System, Guid.Parse(person), CancellationToken.None))!.Person;

    private async Task AddMemberAsync(string group, string person) =>
        Assert.Equal(
            204,
            (await Fabrikam.PatchAsync($"/Groups/{group}", $$"""{"op":"add","path":"members","value":[{"value":"{{person}}"}]}""")).Status
        );

    private async Task RemoveMemberAsync(string group, string person) =>
        Assert.Equal(
            204,
            (await Fabrikam.PatchAsync($"/Groups/{group}", $$"""{"op":"remove","path":"members[value eq \"{{person}}\"]"}""")).Status
        );

    private async Task SetTypeAsync(string person, string type) =>
        Assert.Equal(
            200,
            (
                await Fabrikam.PatchAsync($"/Users/{person}", $$"""{"op":"replace","path":"{{Extension}}:userType","value":"{{type}}"}""")
            ).Status
        );

    private async Task SetActiveAsync(string person, bool active) =>
        Assert.Equal(
            200,
            (
                await Fabrikam.PatchAsync(
                    $"/Users/{person}",
                    $$"""{"op":"replace","path":"active","value":{{(active ? "true" : "false")}}}"""
                )
            ).Status
        );

    private async Task<IReadOnlyList<ChangedValue>> NewestChangesAsync(string kind = JournalKind.RoleMappingsChanged)
    {
        var activities = _host.Get<Activities>();
        var newest = (await activities.ListAsync(Actor.System, new ActivityFilter(), 50, CancellationToken.None)).First(activity =>
            activity.Kind == kind
        );
        return await activities.ChangesAsync(Actor.System, newest.Id, CancellationToken.None);
    }
}
