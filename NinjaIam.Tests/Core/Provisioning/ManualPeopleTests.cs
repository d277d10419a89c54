using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Provisioning;

public sealed class ManualPeopleTests : IAsyncLifetime
{
    private static readonly NewPerson Bob = new()
    {
        GivenName = " Bob ",
        FamilyName = "O’Neil-Berg",
        Email = " bob@example.com ",
        Kind = AccountKind.Technician,
        OrganizationIds = [1, 1],
    };

    private readonly Installation _installation = new();

    private SampleDirectory Directory => new(_installation);

    public Task InitializeAsync() => _installation.InitializeAsync();

    public Task DisposeAsync() => _installation.DisposeAsync();

    [Fact]
    [Proves("rule-47")]
    public async Task Somebody_who_is_added_is_invited_and_has_what_was_chosen()
    {
        var role = await AddRoleAsync(AccountKind.Technician, "Help desk");

        var invitation = Installation.Done(await AddAsync(Bob with { RoleIds = [role] }));

        var person = await FindAsync(invitation.AccountId);
        Assert.Equal(
            ("bob@example.com", "bob@example.com", "Bob O’Neil-Berg"),
            (person.Person.UserName, person.Person.Email, person.Person.Name)
        );
        Assert.Equal(
            (AccountStatus.Invited, AccountKind.Technician, false),
            (person.Person.Status, person.Person.Kind, person.Person.IsImported)
        );
        Assert.Equal(["Default organization"], person.Person.Organizations);
        Assert.Equal(["Help desk"], person.Person.Roles);
        Assert.Equal(AuthenticationKind.Invited, person.Authentication);
        Assert.Equal(_installation.Clock.GetUtcNow().AddHours(24), invitation.ExpiresAt);
        var journal = await _installation
            .Get<Activities>()
            .ListAsync(Actor.System, new ActivityFilter { ResourceId = invitation.AccountId.ToString("D") }, 10, CancellationToken.None);
        Assert.Equal([JournalKind.UserInvited, JournalKind.UserCreated], journal.Select(entry => entry.Kind));
        Assert.All(journal, entry => Assert.Equal("Ada Lind", entry.ActorName));
    }

    [Theory]
    [Proves("rule-49")]
    [InlineData("José")]
    [InlineData("Nguyễn Thị")]
    [InlineData("O'Brien-Smith")]
    [InlineData("O’Brien")]
    [InlineData("J. R. R.")]
    [InlineData("Иван")]
    [InlineData("王")]
    [InlineData("अमिताभ")]
    [InlineData("محمد")]
    [InlineData("Gal·la")]
    public async Task Names_are_written_in_any_script(string name)
    {
        var invitation = Installation.Done(await AddAsync(Bob with { GivenName = name, FamilyName = name }));

        Assert.Equal($"{name} {name}", (await FindAsync(invitation.AccountId)).Person.Name);
    }

    [Theory]
    [Proves("rule-49")]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("-")]
    [InlineData("=1+1")]
    [InlineData("Bob<b>")]
    [InlineData("Bob\nBerg")]
    [InlineData("Bob\u202Egpj")]
    [InlineData("R2D2")]
    public async Task What_is_no_name_is_refused_at_its_field(string name)
    {
        var refusal = Installation.Refused(await AddAsync(Bob with { FamilyName = name }));

        Assert.Equal((RefusalKind.InvalidValue, nameof(NewPerson.FamilyName)), (refusal.Kind, refusal.Field));
    }

    [Fact]
    [Proves("rule-49")]
    public async Task Names_have_up_to_150_characters()
    {
        var longest = new string('n', 150);

        Installation.Done(await AddAsync(Bob with { GivenName = longest }));
        var refusal = Installation.Refused(await AddAsync(Bob with { GivenName = longest + "n", Email = "other@example.com" }));

        Assert.Equal("Use at most 150 characters.", refusal.Detail);
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("Bob <bob@example.com>")]
    [InlineData("bob@example.com\r\nBcc: eve@example.com")]
    public async Task What_is_no_address_is_refused(string email) =>
        Assert.Equal(nameof(NewPerson.Email), Installation.Refused(await AddAsync(Bob with { Email = email })).Field);

    [Theory]
    [InlineData("bob@contoso.com")]
    [InlineData("BOB@CONTOSO.COM")]
    public async Task Addresses_of_an_identity_provider_are_left_to_it(string email)
    {
        await Directory.AddProviderAsync();

        var refusal = Installation.Refused(await AddAsync(Bob with { Email = email }));

        Assert.Equal(
            ("Contoso manages the people of contoso.com. Add this person there, or use another address.", nameof(NewPerson.Email)),
            (refusal.Detail, refusal.Field)
        );
        Installation.Done(await AddAsync(Bob with { Email = "bob@sub.contoso.com" }));
    }

    [Fact]
    public async Task A_name_that_somebody_has_is_refused_however_it_is_written()
    {
        Installation.Done(await AddAsync(Bob));

        var refusal = Installation.Refused(await AddAsync(Bob with { Email = "BOB@EXAMPLE.COM" }));

        Assert.Equal((RefusalKind.AlreadyTaken, nameof(NewPerson.Email)), (refusal.Kind, refusal.Field));
    }

    [Fact]
    public async Task Nobody_becomes_a_system_administrator_or_gets_what_there_is_not()
    {
        var role = await AddRoleAsync(AccountKind.EndUser, "Reader");
        var archived = Installation.Done(
            await _installation
                .Get<Organizations>()
                .CreateAsync(new OrganizationInput { Name = "Old" }, _installation.Administrator, CancellationToken.None)
        );
        await _installation.Get<Organizations>().SetArchivedAsync(archived, true, _installation.Administrator, CancellationToken.None);

        Assert.Equal(nameof(NewPerson.Kind), Field(await AddAsync(Bob with { Kind = AccountKind.SystemAdministrator })));
        Assert.Equal(nameof(NewPerson.RoleIds), Field(await AddAsync(Bob with { RoleIds = [role] })));
        Assert.Equal(nameof(NewPerson.RoleIds), Field(await AddAsync(Bob with { RoleIds = [4711] })));
        Assert.Equal(nameof(NewPerson.OrganizationIds), Field(await AddAsync(Bob with { OrganizationIds = [4711] })));
        Assert.Equal(nameof(NewPerson.OrganizationIds), Field(await AddAsync(Bob with { OrganizationIds = [archived] })));
        await using var database = _installation.Read();
        Assert.Equal(1, await database.Users.CountAsync());
    }

    [Fact]
    public async Task Only_a_system_administrator_adds_people()
    {
        var technician = Installation.Done(await AddAsync(Bob)).AccountId;
        var origin = Origin.Of(new Actor(ActorKind.Administrator, technician, "Bob"));

        var refusal = Installation.Refused(
            await _installation.Get<ManualPeople>().AddAsync(Bob with { Email = "eve@example.com" }, origin, CancellationToken.None)
        );

        Assert.Equal("Only a system administrator may do this.", refusal.Detail);
    }

    private static string? Field<T>(Outcome<T> outcome) => Installation.Refused(outcome).Field;

    private Task<Outcome<Invitation>> AddAsync(NewPerson person) =>
        _installation.Get<ManualPeople>().AddAsync(person, _installation.Administrator, CancellationToken.None);

    private async Task<PersonDetails> FindAsync(Guid id) =>
        await _installation.Get<People>().FindAsync(Actor.System, id, CancellationToken.None) ?? throw new InvalidOperationException();

    private async Task<int> AddRoleAsync(AccountKind kind, string name) =>
        Installation.Done(
            await _installation
                .Get<Roles>()
                .CreateAsync(kind, new RoleInput { Name = name }, _installation.Administrator, CancellationToken.None)
        );
}
