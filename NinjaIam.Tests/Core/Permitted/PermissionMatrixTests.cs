using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Permitted;
using NinjaIam.Core.Provisioning;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;
using ActivityLog = NinjaIam.Core.Journal.Activities;
using OrganizationDirectory = NinjaIam.Core.Accounts.Organizations;
using RoleDirectory = NinjaIam.Core.Accounts.Roles.Roles;

namespace NinjaIam.Tests.Core.Permitted;

/// <summary>
/// Every permission against every organization: who has none gets nothing, who has it in A gets nothing of B, and no role reaches a system
/// administrator. What somebody gets is everything that the services hand out to them.
/// </summary>
public sealed class PermissionMatrixTests : IClassFixture<TwoOrganizationsInstallation>
{
    private static readonly PageRequest Everything = new(0, PageRequest.MostRows);

    private readonly Installation _installation;
    private readonly TwoOrganizations _two;
    private readonly RoledPeople _people;

    public PermissionMatrixTests(TwoOrganizationsInstallation installed) =>
        (_installation, _two, _people) = (installed.Installation, installed.Two, new RoledPeople(installed.Installation));

    public static TheoryData<PermissionKind> Kinds => [.. Permissions.For(AccountKind.Technician)];

    [Theory]
    [MemberData(nameof(Kinds))]
    [Proves("rule-38", "rule-39")]
    public async Task Without_a_permission_somebody_gets_nothing_of_it_whatever_else_they_may(PermissionKind permission)
    {
        var others = Permissions.For(AccountKind.Technician).Where(kind => kind != permission).Select(RoledPeople.Everywhere);
        var somebody = await _people.TechnicianAsync([.. others]);

        Assert.Empty(await GetAsync(permission, somebody));
        Assert.Empty(await GetAsync(permission, await _people.TechnicianAsync()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Proves("rule-38", "asvs-8.2.2")]
    public async Task A_permission_in_one_organization_reaches_nothing_of_another(PermissionKind permission)
    {
        var others = Permissions.For(AccountKind.Technician).Where(kind => kind != permission).Select(RoledPeople.Everywhere);
        var somebody = await _people.TechnicianAsync([.. others, RoledPeople.In(permission, _two.A)]);

        var got = await GetAsync(permission, somebody);

        string[] expected = permission switch
        {
            PermissionKind.ViewOrganizations => ["A-land"],
            PermissionKind.ViewGroups => ["Group of A"],
            // An act reaches whom it concerns alone: whoever belongs to B as well, or to all, is decided there too.
            PermissionKind.EditUsers or PermissionKind.BlockSignIn => ["anna"],
            _ => ["anna", "cleo", "dora"],
        };
        Assert.Equal(expected, got);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Proves("rule-38")]
    public async Task A_permission_for_all_organizations_reaches_everybody_but_system_administrators(PermissionKind permission)
    {
        var somebody = await _people.TechnicianAsync([.. Permissions.For(AccountKind.Technician).Select(RoledPeople.Everywhere)]);

        var got = await GetAsync(permission, somebody);

        string[] expected = permission switch
        {
            PermissionKind.ViewOrganizations => ["A-land", "B-land"],
            PermissionKind.ViewGroups => ["Group of A", "Group of B"],
            _ => ["anna", "ben", "cleo", "dora", "nina"],
        };
        Assert.Equal(expected, got);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Proves("rule-38", "rule-39", "asvs-8.3.2")]
    public async Task A_role_that_is_taken_away_counts_no_more_at_the_very_next_call(PermissionKind permission)
    {
        var somebody = await _people.TechnicianAsync([.. Permissions.For(AccountKind.Technician).Select(RoledPeople.Everywhere)]);
        Assert.NotEmpty(await GetAsync(permission, somebody));

        await _people.TakeAllAsync(somebody.Actor.Id!.Value);

        Assert.Empty(await GetAsync(permission, somebody));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Proves("rule-38")]
    public async Task Neither_an_end_user_nor_somebody_who_is_blocked_gets_anything_by_a_role_of_technicians(PermissionKind permission)
    {
        var blocked = await _people.TechnicianAsync([.. Permissions.For(AccountKind.Technician).Select(RoledPeople.Everywhere)]);
        await new SampleDirectory(_installation).ChangePersonAsync(blocked.Actor.Id!.Value, person => person.Blocked = true);
        var endUser = await _people.SignInAsync(
            AccountKind.EndUser,
            RoledPeople.Everywhere(PermissionKind.OwnProfile),
            RoledPeople.Everywhere(PermissionKind.ViewOwnOrganizations)
        );

        Assert.Empty(await GetAsync(permission, blocked));
        Assert.Empty(await GetAsync(permission, endUser));
    }

    [Fact]
    [Proves("rule-38", "rule-48")]
    public async Task An_act_needs_a_sign_in_that_has_not_ended()
    {
        var somebody = await _people.TechnicianAsync([.. Permissions.For(AccountKind.Technician).Select(RoledPeople.Everywhere)]);
        Installation.Done(
            await _installation
                .Get<Sessions>()
                .EndOthersAsync(somebody.Actor.Id!.Value, _installation.Administrator, CancellationToken.None)
        );

        Assert.Empty(await GetAsync(PermissionKind.BlockSignIn, somebody));
        Assert.Empty(await GetAsync(PermissionKind.EditUsers, somebody));
        Assert.Empty(await GetAsync(PermissionKind.Export, somebody));
    }

    [Fact]
    [Proves("rule-38")]
    public async Task Roles_by_a_mapping_count_as_those_given_by_hand()
    {
        var role = Installation.Done(
            await _installation
                .Get<RoleDirectory>()
                .CreateAsync(
                    AccountKind.Technician,
                    new RoleInput { Name = "Auditor", Permissions = [RoledPeople.In(PermissionKind.ViewUsers, _two.A)] },
                    _installation.Administrator,
                    CancellationToken.None
                )
        );
        var directory = new SampleDirectory(_installation);
        var id = await directory.AddPersonAsync("tara@contoso.com", _two.Provider, user => user.Kind = AccountKind.Technician);
        var group = await directory.AddGroupAsync("Auditors", _two.Provider);
        var mappings = _installation.Get<RoleMappings>();
        var changes = new MappingChanges([new NewMapping(role, group, null, null)], []);
        var preview = Installation.Done(
            await mappings.PreviewAsync(_installation.Administrator.Actor, _two.Provider.Id, changes, CancellationToken.None)
        );
        Installation.Done(
            await mappings.SaveAsync(_two.Provider.Id, changes, preview.Effects, _installation.Administrator, CancellationToken.None)
        );
        var tara = await SignedIn.AsAsync(_installation.Services, id, "Tara", ActorKind.Person);
        Assert.Empty(await GetAsync(PermissionKind.ViewUsers, tara));

        await directory.AddMemberAsync(group, id);

        Assert.Equal(["anna", "cleo", "dora"], await GetAsync(PermissionKind.ViewUsers, tara));
    }

    [Fact]
    [Proves("rule-38", "asvs-8.2.2")]
    public async Task Columns_show_no_organization_that_may_not_be_viewed()
    {
        var somebody = await _people.TechnicianAsync(
            RoledPeople.Everywhere(PermissionKind.ViewUsers),
            RoledPeople.In(PermissionKind.ViewOrganizations, _two.A)
        );

        var page = await Get<PermittedPeople>().ListAsync(somebody.Actor, new PermittedPeopleFilter(), Everything, CancellationToken.None);

        Assert.DoesNotContain("B-land", page.Items.SelectMany(person => person.Organizations));
        Assert.Equal(["A-land"], page.Items.Single(person => person.Id == _two.Cleo).Organizations);
        var ofB = await Get<PermittedPeople>()
            .ListAsync(somebody.Actor, new PermittedPeopleFilter { OrganizationId = _two.B }, Everything, CancellationToken.None);
        Assert.Empty(ofB.Items);
    }

    [Fact]
    [Proves("rule-38")]
    public async Task Counts_and_lines_tell_nothing_that_another_permission_keeps()
    {
        var somebody = await _people.TechnicianAsync(
            RoledPeople.Everywhere(PermissionKind.ViewOrganizations),
            RoledPeople.In(PermissionKind.ViewUsers, _two.A),
            RoledPeople.Everywhere(PermissionKind.ViewActivities)
        );

        var organizations = await Get<PermittedOrganizations>().ListAsync(somebody.Actor, null, Everything, CancellationToken.None);
        var activities = await Get<PermittedActivities>().OfPersonAsync(somebody.Actor, _two.Anna, 10, CancellationToken.None);

        Assert.Equal([("A-land", 2), ("B-land", null)], organizations.Items.Where(row => row.Id != 1).Select(row => (row.Name, row.Users)));
        Assert.All(activities, line => Assert.Null(line.Address ?? line.UserAgent ?? line.Token ?? line.Detail));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Groups_come_in_pages_whose_total_is_the_same_also_behind_the_last_one(bool isEverywhere)
    {
        var permission = new PermissionInput(PermissionKind.ViewGroups, isEverywhere, isEverywhere ? [] : [_two.A, _two.B]);
        var somebody = await _people.TechnicianAsync(permission);

        async Task<(string Names, int Total)> PageAsync(int skip)
        {
            var page = await Get<PermittedGroups>().ListAsync(somebody.Actor, "group of", new PageRequest(skip, 1), CancellationToken.None);
            return (string.Join(", ", page.Items.Select(row => row.Name)), page.Total);
        }

        Assert.Equal(("Group of A", 2), await PageAsync(0));
        Assert.Equal(("Group of B", 2), await PageAsync(1));
        Assert.Equal(("", 2), await PageAsync(2));
    }

    [Fact]
    [Proves("rule-2", "rule-38", "asvs-8.2.1", "asvs-8.3.1")]
    public async Task Nothing_of_administration_is_open_to_somebody_with_every_permission()
    {
        var somebody = await _people.TechnicianAsync([.. Permissions.For(AccountKind.Technician).Select(RoledPeople.Everywhere)]);
        var (actor, none) = (somebody.Actor, CancellationToken.None);

        await RefusedAsync(() => Get<People>().ListAsync(actor, new PeopleFilter(), Everything, none));
        await RefusedAsync(() => Get<People>().FindAsync(actor, _two.Anna, none));
        await RefusedAsync(() => Get<OrganizationDirectory>().ListAsync(actor, null, false, Everything, none));
        await RefusedAsync(() => Get<RoleDirectory>().ChoicesAsync(actor, AccountKind.Technician, none));
        await RefusedAsync(() => Get<Providers>().ChoicesAsync(actor, none));
        await RefusedAsync(() => Get<DirectoryQueries>().ListGroupsAsync(actor, new GroupFilter(), Everything, none));
        await RefusedAsync(() => Get<ActivityLog>().ListAsync(actor, new ActivityFilter(), 10, none));
        await RefusedAsync(() => Get<Sessions>().ListAsync(actor, _two.Anna, none));
        Assert.Equal(
            RefusalKind.NotAllowed,
            Installation.Refused(await Get<PeopleExport>().StartAsync(new PeopleFilter(), somebody, none)).Kind
        );
        Assert.Equal(RefusalKind.NotAllowed, Installation.Refused(await Get<PersonRemoval>().DeleteAsync(_two.Anna, somebody, none)).Kind);
        Assert.Equal(
            RefusalKind.NotAllowed,
            Installation.Refused(await Get<AdministratorRights>().MakeAsync(actor.Id!.Value, somebody, none)).Kind
        );
        Assert.Equal(
            RefusalKind.NotAllowed,
            Installation
                .Refused(await Get<RoleDirectory>().CreateAsync(AccountKind.Technician, new RoleInput { Name = "Mine" }, somebody, none))
                .Kind
        );
    }

    private static Task RefusedAsync(Func<Task> read) => Assert.ThrowsAsync<UnauthorizedAccessException>(read);

    private T Get<T>()
        where T : notnull => _installation.Get<T>();

    /// <summary>Everything that somebody gets by a permission: names of what they see, or of whom they can act on.</summary>
    private async Task<IReadOnlyList<string>> GetAsync(PermissionKind permission, Origin somebody)
    {
        var (actor, none) = (somebody.Actor, CancellationToken.None);
        return permission switch
        {
            PermissionKind.ViewOrganizations =>
            [
                .. (await NamesAsync(() => Get<PermittedOrganizations>().ListAsync(actor, null, Everything, none), row => row.Name))
                    .Concat((await Get<PermittedOrganizations>().ChoicesAsync(actor, none)).Select(row => row.Name))
                    .Where(name => name.EndsWith("-land", StringComparison.Ordinal))
                    .Distinct(),
            ],
            PermissionKind.ViewUsers => await ViewedAsync(actor),
            PermissionKind.ViewGroups =>
            [
                .. (await NamesAsync(() => Get<PermittedGroups>().ListAsync(actor, null, Everything, none), row => row.Name))
                    .Concat(
                        await OfEachAsync(async id =>
                            (await Get<PermittedGroups>().OfPersonAsync(actor, id, Everything, none)).Items.Select(row => row.Name)
                        )
                    )
                    .Where(name => name.StartsWith("Group of", StringComparison.Ordinal))
                    .Distinct(),
            ],
            PermissionKind.ViewActivities => await WhoAsync(async id =>
                (await Get<PermittedActivities>().OfPersonAsync(actor, id, 10, none)).Count > 0
            ),
            PermissionKind.EditUsers => await WhoAsync(async id =>
                await Get<LocalSettingsEditing>()
                    .ChangeAsync(id, new LocalSettings { PhoneNumber = "1" }, new LocalSettings(), somebody, none)
                    is { IsRefused: false }
                && await Get<LocalSettingsEditing>()
                    .ChangeAsync(id, new LocalSettings(), new LocalSettings { PhoneNumber = "1" }, somebody, none)
                    is { IsRefused: false }
            ),
            PermissionKind.BlockSignIn => await WhoAsync(async id =>
                await Get<PersonAccess>().BlockAsync(id, somebody, none) is { IsRefused: false }
                && await Get<PersonAccess>().UnblockAsync(id, somebody, none) is { IsRefused: false }
            ),
            _ => await ExportedAsync(somebody),
        };
    }

    private async Task<IReadOnlyList<string>> ViewedAsync(Actor actor)
    {
        var listed = await NamesAsync(
            () => Get<PermittedPeople>().ListAsync(actor, new PermittedPeopleFilter(), Everything, CancellationToken.None),
            person => person.UserName
        );
        var found = await WhoAsync(async id => await Get<PermittedPeople>().FindAsync(actor, id, CancellationToken.None) is not null);
        var names = Samples(listed);
        Assert.Equal(names, found);
        return names;
    }

    private async Task<IReadOnlyList<string>> ExportedAsync(Origin somebody)
    {
        var outcome = await Get<PermittedPeople>().ExportAsync(new PermittedPeopleFilter(), somebody, CancellationToken.None);
        var names = new List<string>();
        if (outcome.Match<ExportedPermittedPeople?>(exported => exported, _ => null) is { } people)
        {
            await foreach (var person in people.Lines)
            {
                names.Add(person.UserName);
            }

            Assert.Equal(people.People, names.Count);
        }

        return Samples(names);
    }

    private static async Task<IReadOnlyList<string>> NamesAsync<TRow>(Func<Task<Page<TRow>>> read, Func<TRow, string> nameOf)
    {
        try
        {
            return [.. (await read()).Items.Select(nameOf)];
        }
        catch (UnauthorizedAccessException)
        {
            return [];
        }
    }

    // Those who were signed in for the test are people as well.
    private static IReadOnlyList<string> Samples(IEnumerable<string> userNames) =>
        [
            .. userNames
                .Where(name => !name.EndsWith("@staff.example", StringComparison.Ordinal) && name != "tara@contoso.com")
                .Select(name => name.Split('@')[0])
                .Order(StringComparer.Ordinal),
        ];

    private async Task<IReadOnlyList<string>> WhoAsync(Func<Guid, Task<bool>> test)
    {
        var names = new List<string>();
        foreach (var (id, name) in Everybody)
        {
            if (await test(id))
            {
                names.Add(name);
            }
        }

        return names;
    }

    private async Task<IEnumerable<string>> OfEachAsync(Func<Guid, Task<IEnumerable<string>>> read)
    {
        var names = new List<string>();
        foreach (var (id, _) in Everybody)
        {
            names.AddRange(await read(id));
        }

        return names;
    }

    private IEnumerable<(Guid Id, string Name)> Everybody =>
        [
            (_installation.Administrator.Actor.Id!.Value, "ada"),
            (_two.Anna, "anna"),
            (_two.Ben, "ben"),
            (_two.Cleo, "cleo"),
            (_two.Dora, "dora"),
            (_two.Nina, "nina"),
        ];
}
