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

public sealed class RolesTests : IAsyncLifetime
{
    private static readonly RoleInput HelpDesk = new()
    {
        Name = "Help desk",
        Description = "First line",
        Permissions = [new(PermissionKind.ViewUsers, true, []), new(PermissionKind.BlockSignIn, false, [1])],
    };

    private readonly Installation _installation = new();

    public Task InitializeAsync() => _installation.InitializeAsync();

    public Task DisposeAsync() => _installation.DisposeAsync();

    private RoleDirectory Directory => _installation.Get<RoleDirectory>();

    [Fact]
    [Proves("rule-38")]
    public async Task A_role_permits_what_was_said_and_where()
    {
        var id = await CreateAsync(HelpDesk);

        var role = await FindAsync(id);

        Assert.Equal((AccountKind.Technician, HelpDesk.Name, HelpDesk.Description), (role.Kind, role.Input.Name, role.Input.Description));
        Assert.Equal(HelpDesk.Permissions, role.Input.Permissions);
        Assert.Equal(
            [
                new ChangedValue("name", null, "Help desk"),
                new ChangedValue("description", null, "First line"),
                new ChangedValue("permission.ViewUsers", null, "All"),
                new ChangedValue("permission.BlockSignIn", null, "1"),
            ],
            await NewestChangesAsync(JournalKind.RoleCreated)
        );
    }

    [Theory]
    [InlineData("Help desk")]
    [InlineData(" HELP DESK ")]
    public async Task A_name_belongs_to_one_role_of_a_kind(string name)
    {
        await CreateAsync(HelpDesk);

        var refusal = Installation.Refused(
            await Directory.CreateAsync(
                AccountKind.Technician,
                new RoleInput { Name = name },
                _installation.Administrator,
                CancellationToken.None
            )
        );

        Assert.Equal((RefusalKind.AlreadyTaken, "Name"), (refusal.Kind, refusal.Field));
        await CreateAsync(new RoleInput { Name = name }, AccountKind.EndUser);
    }

    public static IEnumerable<object[]> Wrong =>
        [
            [new RoleInput { Name = "" }, "Enter a name."],
            [new RoleInput { Name = " system ADMINISTRATOR " }, "This name belongs to system administrators. Choose a different one."],
            [
                new RoleInput { Name = "x", Permissions = [new(PermissionKind.ViewUsers, false, [])] },
                "Choose at least one organization for each permission that is not for all of them.",
            ],
            [
                new RoleInput { Name = "x", Permissions = [new(PermissionKind.ViewUsers, false, [1, 77])] },
                "One of these organizations does not exist any more.",
            ],
            [
                new RoleInput { Name = "x", Permissions = [new(PermissionKind.OwnProfile, true, [])] },
                "A role of this kind cannot permit all of this.",
            ],
        ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_cannot_be_a_role_is_refused_in_words(RoleInput input, string detail)
    {
        var refusal = Installation.Refused(
            await Directory.CreateAsync(AccountKind.Technician, input, _installation.Administrator, CancellationToken.None)
        );

        Assert.Equal(detail, refusal.Detail);
        await using var database = _installation.Read();
        Assert.Equal(0, await database.Roles.CountAsync());
    }

    [Fact]
    public async Task A_change_is_journaled_value_by_value_and_is_never_made_on_an_older_state()
    {
        var id = await CreateAsync(HelpDesk);
        var wanted = HelpDesk with { Name = "Service desk", Permissions = [new(PermissionKind.ViewUsers, false, [1])] };

        Installation.Done(await Directory.ChangeAsync(id, wanted, HelpDesk, _installation.Administrator, CancellationToken.None));

        Assert.Equal(
            [
                new ChangedValue("name", "Help desk", "Service desk"),
                new ChangedValue("permission.ViewUsers", "All", "1"),
                new ChangedValue("permission.BlockSignIn", "1", null),
            ],
            await NewestChangesAsync(JournalKind.RoleChanged)
        );
        Assert.Equal(wanted.Permissions, (await FindAsync(id)).Input.Permissions);
        var stale = Installation.Refused(
            await Directory.ChangeAsync(id, HelpDesk with { Name = "Other" }, HelpDesk, _installation.Administrator, CancellationToken.None)
        );
        Assert.Equal(RefusalKind.Stale, stale.Kind);
    }

    [Fact]
    [Proves("rule-37")]
    public async Task A_role_is_given_and_taken_by_hand_once_and_says_by_whom()
    {
        var id = await CreateAsync(HelpDesk);
        var person = await AddPersonAsync(AccountKind.Technician);
        for (var time = 0; time < 2; time++)
        {
            Installation.Done(await Directory.GiveAsync(person, id, _installation.Administrator, CancellationToken.None));
        }

        var given = Assert.Single(await Directory.OfPersonAsync(Actor.System, person, CancellationToken.None));
        Assert.Equal(("Help desk", _installation.Administrator.Actor.Name), (given.Name, Assert.Single(given.Reasons).By));
        Assert.Equal(1, (await FindAsync(id)).People);
        Assert.Equal([new ChangedValue("role", null, "Help desk")], await NewestChangesAsync(JournalKind.RoleGiven));
        var kept = Installation.Refused(await Directory.DeleteAsync(id, _installation.Administrator, CancellationToken.None));
        Assert.Equal("One person has this role. Take it away from them first.", kept.Detail);

        for (var time = 0; time < 2; time++)
        {
            Installation.Done(await Directory.TakeAsync(person, id, _installation.Administrator, CancellationToken.None));
        }

        Assert.Empty(await Directory.OfPersonAsync(Actor.System, person, CancellationToken.None));
        Installation.Done(await Directory.DeleteAsync(id, _installation.Administrator, CancellationToken.None));
        await using var database = _installation.Read();
        Assert.Equal(1, await database.JournalRows.CountAsync(row => row.Kind == JournalKind.RoleGiven));
        Assert.Equal(1, await database.JournalRows.CountAsync(row => row.Kind == JournalKind.RoleTaken));
    }

    [Theory]
    [InlineData(AccountKind.EndUser)]
    [InlineData(AccountKind.SystemAdministrator)]
    [Proves("rule-33")]
    public async Task A_role_counts_for_people_of_its_kind_only(AccountKind other)
    {
        var id = await CreateAsync(HelpDesk);
        var stranger = await AddPersonAsync(other);
        var refusal = Installation.Refused(await Directory.GiveAsync(stranger, id, _installation.Administrator, CancellationToken.None));
        Assert.Equal(RefusalKind.NotAllowed, refusal.Kind);

        var person = await AddPersonAsync(AccountKind.Technician);
        Installation.Done(await Directory.GiveAsync(person, id, _installation.Administrator, CancellationToken.None));
        await SetKindAsync(person, other);

        Assert.Empty(await Directory.OfPersonAsync(Actor.System, person, CancellationToken.None));
        Assert.Equal(0, (await FindAsync(id)).People);
    }

    [Fact]
    public async Task Who_is_no_administrator_neither_reads_nor_changes_roles()
    {
        var id = await CreateAsync(HelpDesk);
        var stranger = new Actor(ActorKind.Provider, Guid.NewGuid(), "Contoso", "a1B2c3D4");

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Directory.FindAsync(stranger, id, CancellationToken.None));
        Assert.Equal(
            RefusalKind.NotAllowed,
            Installation.Refused(await Directory.DeleteAsync(id, Origin.Of(stranger), CancellationToken.None)).Kind
        );
        Assert.NotNull(await FindAsync(id));
    }

    private async Task<int> CreateAsync(RoleInput input, AccountKind kind = AccountKind.Technician) =>
        Installation.Done(await Directory.CreateAsync(kind, input, _installation.Administrator, CancellationToken.None));

    private async Task<RoleDetails> FindAsync(int id) => (await Directory.FindAsync(Actor.System, id, CancellationToken.None))!;

    private Task<Guid> AddPersonAsync(AccountKind kind) =>
        _installation
            .Get<NinjaIam.Core.Storage.IWritePath>()
            .RunAsync(
                async scope =>
                {
                    var id = Guid.CreateVersion7(scope.Now);
                    var name = $"{id:N}@contoso.com";
                    scope.Database.Users.Add(
                        new User
                        {
                            Id = id,
                            Kind = kind,
                            UserName = name,
                            NormalizedUserName = NinjaIam.Core.Storage.TextKey.Of(name),
                            CreatedAt = scope.Now,
                            Active = true,
                        }
                    );
                    await scope.Database.SaveChangesAsync(CancellationToken.None);
                    return id;
                },
                CancellationToken.None
            );

    private Task<int> SetKindAsync(Guid person, AccountKind kind) =>
        _installation
            .Get<NinjaIam.Core.Storage.IWritePath>()
            .RunAsync(
                scope =>
                    scope
                        .Database.Users.Where(user => user.Id == person)
                        .ExecuteUpdateAsync(set => set.SetProperty(user => user.Kind, kind), CancellationToken.None),
                CancellationToken.None
            );

    private async Task<IReadOnlyList<ChangedValue>> NewestChangesAsync(string kind)
    {
        var activities = _installation.Get<Activities>();
        var newest = (await activities.ListAsync(Actor.System, new ActivityFilter(), 50, CancellationToken.None)).First(activity =>
            activity.Kind == kind
        );
        return await activities.ChangesAsync(Actor.System, newest.Id, CancellationToken.None);
    }
}
