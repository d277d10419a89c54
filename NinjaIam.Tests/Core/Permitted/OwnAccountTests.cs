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

namespace NinjaIam.Tests.Core.Permitted;

public sealed class OwnAccountTests : IAsyncLifetime
{
    private static readonly PermissionInput OwnProfile = RoledPeople.Everywhere(PermissionKind.OwnProfile);
    private static readonly PermissionInput OwnOrganizations = RoledPeople.Everywhere(PermissionKind.ViewOwnOrganizations);

    private readonly Installation _installation = new();
    private readonly TwoOrganizations _two;
    private readonly RoledPeople _people;

    public OwnAccountTests() => (_two, _people) = (new TwoOrganizations(_installation), new RoledPeople(_installation));

    public async Task InitializeAsync()
    {
        await _installation.InitializeAsync();
        await _two.CreateAsync();
    }

    public Task DisposeAsync() => _installation.DisposeAsync();

    [Fact]
    [Proves("rule-39")]
    public async Task A_technician_without_a_role_has_a_profile_and_no_permission()
    {
        var me = await FindAsync(await _people.TechnicianAsync());

        Assert.Empty(me.Permissions);
        Assert.NotNull(me.Profile);
        Assert.Null(me.Organizations);
    }

    [Fact]
    [Proves("rule-38")]
    public async Task Roles_add_up_and_name_where_they_permit_what()
    {
        var somebody = await _people.TechnicianAsync(
            RoledPeople.In(PermissionKind.ViewUsers, _two.A),
            RoledPeople.In(PermissionKind.BlockSignIn, _two.A)
        );
        await _people.GiveAsync(
            somebody.Actor.Id!.Value,
            AccountKind.Technician,
            [RoledPeople.In(PermissionKind.ViewUsers, _two.B), RoledPeople.Everywhere(PermissionKind.BlockSignIn)]
        );

        var me = await FindAsync(somebody);

        Assert.Equal(
            [("ViewUsers", false, "A-land, B-land"), ("BlockSignIn", true, "")],
            me.Permissions.Select(held => (held.Permission.ToString(), held.IsEverywhere, string.Join(", ", held.Organizations)))
        );
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [Proves("rule-38")]
    public async Task An_end_user_sees_of_their_own_account_what_a_role_opens(bool profile, bool organizations)
    {
        await _people.GiveAsync(
            _two.Anna,
            AccountKind.EndUser,
            [
                .. profile ? [OwnProfile] : Array.Empty<PermissionInput>(),
                .. organizations ? [OwnOrganizations] : Array.Empty<PermissionInput>(),
            ]
        );
        var anna = await AnnaAsync();

        var me = await FindAsync(anna);
        var saved = await ChangeAsync(_two.Anna, anna);

        Assert.Equal(profile, me.Profile is not null);
        Assert.Equal(organizations ? ["A-land"] : null, me.Organizations);
        Assert.Equal(profile, !saved.IsRefused);
    }

    [Fact]
    [Proves("rule-38")]
    public async Task An_end_user_changes_and_sees_nobody_else()
    {
        await _people.GiveAsync(_two.Anna, AccountKind.EndUser, [OwnProfile, OwnOrganizations]);
        var anna = await AnnaAsync();

        foreach (var other in (Guid[])[_two.Ben, _two.Cleo, _two.Dora, _installation.Administrator.Actor.Id!.Value])
        {
            Assert.Equal(RefusalKind.NotAllowed, Installation.Refused(await ChangeAsync(other, anna)).Kind);
            Assert.Null(await _installation.Get<PermittedPeople>().FindAsync(anna.Actor, other, CancellationToken.None));
        }

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() =>
            _installation
                .Get<PermittedPeople>()
                .ListAsync(anna.Actor, new PermittedPeopleFilter(), new PageRequest(0, 10), CancellationToken.None)
        );
    }

    [Fact]
    [Proves("rule-19", "rule-20")]
    public async Task What_an_identity_provider_decides_is_locked_and_the_persons_own_is_theirs()
    {
        await _people.GiveAsync(_two.Anna, AccountKind.EndUser, [OwnProfile]);
        var anna = await AnnaAsync();
        Assert.Null((await FindAsync(anna)).Profile!.ProviderName);

        await _installation.Get<ScimConnections>().EnableAsync(_two.Provider.Id, _installation.Administrator, CancellationToken.None);
        Installation.Done(await ChangeAsync(_two.Anna, anna));

        var profile = (await FindAsync(anna)).Profile!;
        Assert.Equal(("Contoso", "+49 1"), (profile.ProviderName, profile.Settings.PhoneNumber));
        Assert.Equal(RefusalKind.Stale, Installation.Refused(await ChangeAsync(_two.Anna, anna)).Kind);
    }

    [Fact]
    public async Task What_can_be_no_setting_is_refused_at_its_field()
    {
        var somebody = await _people.TechnicianAsync();

        var refusal = Installation.Refused(
            await _installation
                .Get<LocalSettingsEditing>()
                .ChangeAsync(
                    somebody.Actor.Id!.Value,
                    new LocalSettings { TimeZone = "Mars/Olympus" },
                    new LocalSettings(),
                    somebody,
                    CancellationToken.None
                )
        );

        Assert.Equal((RefusalKind.InvalidValue, "TimeZone"), (refusal.Kind, refusal.Field));
    }

    private Task<Origin> AnnaAsync() => SignedIn.AsAsync(_installation.Services, _two.Anna, "Anna", ActorKind.Person);

    private Task<Outcome<Completed>> ChangeAsync(Guid id, Origin by) =>
        _installation
            .Get<LocalSettingsEditing>()
            .ChangeAsync(id, new LocalSettings { PhoneNumber = "+49 1" }, new LocalSettings(), by, CancellationToken.None);

    private async Task<OwnAccountDetails> FindAsync(Origin origin) =>
        await _installation.Get<OwnAccount>().FindAsync(origin.Actor, CancellationToken.None)
        ?? throw new InvalidOperationException("There is no account.");
}
