using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Provisioning;

/// <summary>What is locked while an identity provider decides, what is not, and what becomes of edits when it decides again.</summary>
public sealed class PersonEditingTests : IAsyncLifetime
{
    private const string Extension = "urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User";

    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    private ScimClient Contoso => _host.Contoso;

    private PersonEditing Editing => _host.Get<PersonEditing>();

    private ScimConnections Connections => _host.Get<ScimConnections>();

    public static TheoryData<string, Func<PersonInput, PersonInput>> Decided =>
        new()
        {
            { nameof(PersonInput.UserName), input => input with { UserName = "other@contoso.com" } },
            { nameof(PersonInput.Email), input => input with { Email = "other@contoso.com" } },
            { nameof(PersonInput.DisplayName), input => input with { DisplayName = "Other" } },
            { nameof(PersonInput.GivenName), input => input with { GivenName = "Other" } },
            { nameof(PersonInput.FamilyName), input => input with { FamilyName = "Other" } },
            { nameof(PersonInput.Kind), input => input with { Kind = AccountKind.Technician } },
            { nameof(PersonInput.OrganizationIds), input => input with { AllOrganizations = true } },
        };

    [Theory]
    [MemberData(nameof(Decided))]
    [Proves("rule-19")]
    public async Task What_the_identity_provider_sends_is_locked_in_the_service(string field, Func<PersonInput, PersonInput> change)
    {
        var ada = await AddAsync();

        var refusal = Installation.Refused(await ChangeAsync(ada, change));

        Assert.Equal((RefusalKind.NotAllowed, field), (refusal.Kind, refusal.Field));
        Assert.Equal("Contoso decides this. Change it there, or pause SCIM for Contoso first.", refusal.Detail);
    }

    [Fact]
    public async Task What_the_identity_provider_does_not_send_is_decided_here()
    {
        var ada = Guid.Parse(await Contoso.AddUserAsync("ada@contoso.com"));
        var other = await _host.AddOrganizationAsync("Fabrikam");

        Installation.Done(await ChangeAsync(ada, input => input with { Kind = AccountKind.Technician, OrganizationIds = [other] }));

        var person = await PersonAsync(ada);
        Assert.Equal(AccountKind.Technician, person.Person.Kind);
        Assert.Equal(["Fabrikam"], person.Person.Organizations);
        Assert.Equal(200, (await Contoso.PatchAsync($"/Users/{ada}", """{"op":"add","path":"title","value":"x"}""")).Status);
        Assert.Equal(["Fabrikam"], (await PersonAsync(ada)).Person.Organizations);
    }

    [Fact]
    [Proves("rule-20")]
    public async Task Phone_language_and_time_zone_are_the_persons_own_and_SCIM_never_changes_them()
    {
        var ada = await AddAsync();

        Installation.Done(
            await ChangeAsync(ada, input => input with { PhoneNumber = "+49 30 1", Language = "de-DE", TimeZone = "Europe/Berlin" })
        );
        Assert.Equal(
            200,
            (
                await Contoso.PutAsync(
                    $"/Users/{ada}",
                    """{"userName":"ada@contoso.com","phoneNumbers":[{"value":"+1 2"}],"preferredLanguage":"fr","timezone":"Asia/Tokyo"}"""
                )
            ).Status
        );

        var person = await PersonAsync(ada);
        Assert.Equal(("+49 30 1", "de-DE", "Europe/Berlin"), (person.PhoneNumber, person.Language, person.TimeZone));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Proves("rule-21")]
    public async Task While_SCIM_rests_everything_can_be_edited_is_shown_as_changed_and_overwritten_afterwards(bool byPause)
    {
        var ada = await AddAsync();
        await RestAsync(byPause);

        Installation.Done(
            await ChangeAsync(
                ada,
                input =>
                    input with
                    {
                        UserName = "lovelace@contoso.com",
                        Email = "lovelace@contoso.com",
                        DisplayName = "Lovelace",
                        Kind = AccountKind.Technician,
                        AllOrganizations = true,
                        PhoneNumber = "1",
                    }
            )
        );

        Assert.Equal(
            [
                new ChangedHereValue("userName", "lovelace@contoso.com", "ada@contoso.com"),
                new ChangedHereValue("displayName", "Lovelace", "Ada"),
                new ChangedHereValue("emails", "lovelace@contoso.com", "ada@contoso.com"),
                new ChangedHereValue("userType", "Technician", "endUser"),
                new ChangedHereValue("organizationId", "All", "1"),
            ],
            Assert.Single(await ChangedHereAsync()).Values
        );

        await GoOnAsync(byPause, changedHere: 1);

        Assert.Empty(await ChangedHereAsync());
        var person = await PersonAsync(ada);
        Assert.Equal(
            ("ada@contoso.com", "Ada", "ada@contoso.com", AccountKind.EndUser, false, "1"),
            (
                person.Person.UserName,
                person.Person.Name,
                person.Person.Email,
                person.Person.Kind,
                person.Person.AllOrganizations,
                person.PhoneNumber
            )
        );
        var activities = _host.Get<Activities>();
        var newest = (await activities.ListAsync(Actor.System, new ActivityFilter(), 50, CancellationToken.None)).First(activity =>
            activity.Kind == JournalKind.UserProjected
        );
        Assert.Contains(
            new ChangedValue("displayName", "Lovelace", "Ada"),
            await activities.ChangesAsync(Actor.System, newest.Id, CancellationToken.None)
        );
    }

    [Fact]
    public async Task Who_was_put_back_by_hand_is_not_changed_any_more()
    {
        var ada = await AddAsync();
        await RestAsync(byPause: true);
        Installation.Done(await ChangeAsync(ada, input => input with { DisplayName = "Other" }));
        Assert.Single(await ChangedHereAsync());

        Installation.Done(await ChangeAsync(ada, input => input with { DisplayName = "Ada" }));

        Assert.Empty(await ChangedHereAsync());
    }

    [Fact]
    public async Task A_name_that_somebody_else_was_given_meanwhile_stays_theirs()
    {
        var ada = await AddAsync();
        await RestAsync(byPause: true);
        Installation.Done(await ChangeAsync(ada, input => input with { UserName = "old-ada@contoso.com", DisplayName = "Old" }));
        Installation.Done(
            await _host
                .Get<Administrators>()
                .CreateAsync(
                    new NewAdministrator
                    {
                        FullName = "Another Ada",
                        Email = "ada@contoso.com",
                        Password = Installation.AdministratorPassword,
                    },
                    onlyAsFirst: false,
                    Origin.Of(Actor.CommandLine),
                    CancellationToken.None
                )
        );

        await GoOnAsync(byPause: true, changedHere: 1);

        var person = (await PersonAsync(ada)).Person;
        Assert.Equal(("old-ada@contoso.com", "Ada"), (person.UserName, person.Name));
        Assert.Equal(
            [new ChangedHereValue("userName", "old-ada@contoso.com", "ada@contoso.com")],
            Assert.Single(await ChangedHereAsync()).Values
        );
    }

    [Fact]
    public async Task A_user_name_of_somebody_else_is_refused_and_an_older_state_is_never_overwritten()
    {
        var ada = await AddAsync();
        await Contoso.AddUserAsync("ben@contoso.com");
        await RestAsync(byPause: true);
        var taken = Installation.Refused(await ChangeAsync(ada, input => input with { UserName = "BEN@contoso.com" }));
        Assert.Equal((RefusalKind.AlreadyTaken, nameof(PersonInput.UserName)), (taken.Kind, taken.Field));
        var seen = (await Editing.FindAsync(Actor.System, ada, CancellationToken.None))!.Input;
        Installation.Done(await ChangeAsync(ada, input => input with { DisplayName = "First" }));

        var stale = Installation.Refused(
            await Editing.ChangeAsync(ada, seen with { DisplayName = "Second" }, seen, _host.Administrator, CancellationToken.None)
        );

        Assert.Equal(RefusalKind.Stale, stale.Kind);
        Assert.Equal("First", (await PersonAsync(ada)).Person.Name);
    }

    [Fact]
    public async Task Nobody_becomes_a_system_administrator_by_editing_and_nobody_else_edits()
    {
        var ada = await AddAsync();
        await RestAsync(byPause: true);

        var refusal = Installation.Refused(await ChangeAsync(ada, input => input with { Kind = AccountKind.SystemAdministrator }));
        Assert.Equal(nameof(PersonInput.Kind), refusal.Field);
        var stranger = Origin.Of(new Actor(ActorKind.Provider, Guid.NewGuid(), "Contoso", "a1B2c3D4"));
        var input = (await Editing.FindAsync(Actor.System, ada, CancellationToken.None))!.Input;
        Assert.Equal(
            RefusalKind.NotAllowed,
            Installation.Refused(await Editing.ChangeAsync(ada, input, input, stranger, CancellationToken.None)).Kind
        );
    }

    private async Task<Guid> AddAsync() =>
        Guid.Parse(
            await Contoso.AddUserAsync(
                "ada@contoso.com",
                $$"""
                ,"displayName":"Ada","emails":[{"value":"ada@contoso.com","type":"work"}],"{{Extension}}":{"userType":"endUser","organizationId":"1"}
                """
            )
        );

    private async Task<Outcome<Completed>> ChangeAsync(Guid person, Func<PersonInput, PersonInput> change)
    {
        var before = (await Editing.FindAsync(Actor.System, person, CancellationToken.None))!.Input;
        return await Editing.ChangeAsync(person, change(before), before, _host.Administrator, CancellationToken.None);
    }

    private async Task<PersonDetails> PersonAsync(Guid person) =>
        (await _host.Get<People>().FindAsync(Actor.System, person, CancellationToken.None))!;

    private async Task<IReadOnlyList<ChangedHerePerson>> ChangedHereAsync() =>
        (
            await _host
                .Get<ManagedPeople>()
                .ListChangedHereAsync(Actor.System, Contoso.ProviderId, new PageRequest(0, 25), CancellationToken.None)
        ).Items;

    private async Task RestAsync(bool byPause) =>
        Installation.Done(
            byPause
                ? await Connections.PauseAsync(Contoso.ProviderId, untilEnded: false, _host.Administrator, CancellationToken.None)
                : await Connections.DisableAsync(Contoso.ProviderId, PeopleChoice.Keep, _host.Administrator, CancellationToken.None)
        );

    private async Task GoOnAsync(bool byPause, int changedHere)
    {
        if (byPause)
        {
            Installation.Done(await Connections.ResumeAsync(Contoso.ProviderId, changedHere, _host.Administrator, CancellationToken.None));
        }
        else
        {
            Assert.False((await Connections.EnableAsync(Contoso.ProviderId, _host.Administrator, CancellationToken.None)).IsRefused);
        }
    }
}
