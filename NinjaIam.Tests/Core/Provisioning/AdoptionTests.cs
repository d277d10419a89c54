using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Passkeys;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning.Adoption;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Provisioning;

/// <summary>People who are kept by hand and whom a provider sends: who is found, who is taken over, and who never is.</summary>
public sealed class AdoptionTests : IAsyncLifetime
{
    private const string Ada = "ada@contoso.com";
    private const string UnknownPerson = "/Users/0193d0a0-0000-7000-8000-000000000000";

    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    private ScimClient Contoso => _host.Contoso;

    private Adoptions Adoptions => _host.Get<Adoptions>();

    private enum Who
    {
        EndUser,
        EndUserWithRole,
        Technician,
    }

    [Theory]
    [Proves("rule-26")]
    [InlineData(AdoptionPolicy.EndUsersWithoutRoles, "adopt", "ask", "ask")]
    [InlineData(AdoptionPolicy.Everybody, "adopt", "adopt", "adopt")]
    [InlineData(AdoptionPolicy.Ask, "ask", "ask", "ask")]
    [InlineData(AdoptionPolicy.Nobody, "refuse", "refuse", "refuse")]
    public async Task Whom_the_filter_finds_a_POST_takes_over_and_nobody_else(
        AdoptionPolicy policy,
        string endUser,
        string withRole,
        string technician
    )
    {
        await SetAsync(input => input with { AdoptionPolicy = policy, MayCreateTechnicians = true, AllOrganizations = true });
        foreach (var (who, expected) in new[] { (Who.EndUser, endUser), (Who.EndUserWithRole, withRole), (Who.Technician, technician) })
        {
            var name = $"{who}@contoso.com";
            var id = await KeepAsync(name, who);

            var found = await FindAsync($"userName eq \"{name}\"");
            var reply = await Contoso.PostAsync("/Users", $$"""{"userName":"{{name}}"}""");

            Assert.Equal(expected == "adopt" ? [id] : [], found);
            Assert.Equal(expected == "adopt" ? 201 : 409, reply.Status);
            if (expected == "adopt")
            {
                Assert.Equal(id, reply.Id);
            }
            else
            {
                reply.AssertError(409, "uniqueness", expected == "ask" ? "waits for approval" : "kept by hand");
                Assert.Null((await _host.AccountAsync(id)).ProviderId);
            }
        }

        var waiting = await WaitingAsync();
        var asked = new[] { endUser, withRole, technician }.Count(expected => expected == "ask");
        Assert.Equal(asked, waiting.Count);
    }

    [Theory]
    [Proves("rule-26")]
    [InlineData("userName eq \"ADA@contoso.com\"")]
    [InlineData("emails eq \"ada@contoso.com\"")]
    [InlineData("emails.value eq \"Ada@Contoso.com\"")]
    [InlineData("emails[type eq \"work\"].value eq \"ada@contoso.com\"")]
    [InlineData("emails[type eq \"work\" and value eq \"ada@contoso.com\"]")]
    [InlineData("userName eq \"ada@contoso.com\" and active eq true")]
    [InlineData("userName eq \"ada@contoso.com\" or emails eq \"ada@contoso.com\"")]
    public async Task Somebody_kept_by_hand_is_found_by_name_or_address(string filter)
    {
        var id = await KeepAsync(Ada);

        var found = await Contoso.GetAsync($"/Users?filter={Uri.EscapeDataString(filter)}");

        Assert.Equal(1, found.Body["totalResults"]!.GetValue<int>());
        var person = Assert.Single(found.Body["Resources"]!.AsArray())!.AsObject();
        Assert.Equal((id, Ada), (person["id"]!.GetValue<string>(), person["userName"]!.GetValue<string>()));
        Assert.Equal(person.ToJsonString(), (await Contoso.GetAsync($"/Users/{id}")).Body.ToJsonString());
        Assert.Null((await _host.AccountAsync(id)).ProviderId);
    }

    [Theory]
    [InlineData("userName sw \"ada\"")]
    [InlineData("userName eq \"ada@contoso.com\" and active eq false")]
    [InlineData("emails[type eq \"home\"].value eq \"ada@contoso.com\"")]
    [InlineData("displayName eq \"Ada Lind\"")]
    [InlineData("not (userName eq \"ben@contoso.com\")")]
    [InlineData(null)]
    public async Task No_list_and_no_other_question_holds_somebody_kept_by_hand(string? filter)
    {
        await KeepAsync(Ada);

        var reply = await Contoso.GetAsync(filter is null ? "/Users" : $"/Users?filter={Uri.EscapeDataString(filter)}");

        Assert.Equal(0, reply.Body["totalResults"]!.GetValue<int>());
    }

    [Fact]
    [Proves("rule-26")]
    public async Task Who_is_taken_over_keeps_name_type_organizations_roles_and_phone_and_loses_password_passkeys_and_sessions()
    {
        await SetAsync(input =>
            input with
            {
                AdoptionPolicy = AdoptionPolicy.Everybody,
                MayCreateTechnicians = true,
                AllOrganizations = true,
            }
        );
        var id = await KeepAsync(Ada, Who.Technician);
        var role = await GiveRoleAsync(id, AccountKind.Technician);
        var session = await _host.Get<Sessions>().StartAsync(Guid.Parse(id), _host.Administrator, CancellationToken.None);
        await SamplePasskeys.AddAsync(_host.Get<IWritePath>(), Guid.Parse(id));
        var before = await _host.AccountAsync(id);
        Assert.NotNull(before.PasswordHash);

        var reply = await Contoso.PostAsync(
            "/Users",
            """
            {"userName":"someone.else","externalId":"e1","displayName":"Ada L.","emails":[{"value":"ada@contoso.com","type":"work"}],
             "urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User":{"userType":"endUser","organizationId":"1"}}
            """.Replace("urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User", NinjaIam.Core.Scim.Schema.SchemaUrns.NinjaOneUser)
        );

        Assert.Equal((201, id), (reply.Status, reply.Id));
        Assert.Equal(Ada, reply.Body["userName"]!.GetValue<string>());
        Assert.Equal("Technician", reply.Body[NinjaIam.Core.Scim.Schema.SchemaUrns.NinjaOneUser]!["userType"]!.GetValue<string>());
        var after = await _host.AccountAsync(id);
        Assert.Equal((Contoso.ProviderId, AccountKind.Technician, "Ada L."), (after.ProviderId, after.Kind, after.DisplayName));
        Assert.Equal((before.AllOrganizations, before.UserName), (after.AllOrganizations, after.UserName));
        Assert.Null(after.PasswordHash);
        Assert.False(after.TwoFactorEnabled);
        Assert.Empty(await _host.Get<OwnPasskeys>().ListAsync(after.Id, CancellationToken.None));
        Assert.NotEqual(before.SecurityStamp, after.SecurityStamp);
        Assert.Null(await _host.Get<Sessions>().FindAsync(session!.Id, CancellationToken.None));
        Assert.Equal([role], (await PersonAsync(id)).Person.Roles);
        Assert.Contains(await _host.ActivitiesAsync(), activity => activity.Kind == JournalKind.UserAdopted);

        Assert.Equal(
            200,
            (await Contoso.PatchAsync($"/Users/{id}", """{"op":"replace","path":"userName","value":"lind@contoso.com"}""")).Status
        );
        Assert.Equal("lind@contoso.com", (await _host.AccountAsync(id)).UserName);
        await Soundness.AssertAsync(_host.DatabaseFile);
    }

    [Theory]
    [Proves("rule-26")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("member")]
    public async Task Every_write_by_id_takes_over_whom_the_filter_found(string verb)
    {
        var id = await KeepAsync(Ada);
        Assert.Equal([id], await FindAsync($"userName eq \"{Ada}\""));

        var reply = verb switch
        {
            "PUT" => await Contoso.PutAsync($"/Users/{id}", """{"userName":"other@contoso.com","externalId":"e1"}"""),
            "PATCH" => await Contoso.PatchAsync($"/Users/{id}", """{"op":"add","path":"externalId","value":"e1"}"""),
            _ => await Contoso.PostAsync("/Groups", $$"""{"displayName":"Helpdesk","members":[{"value":"{{id}}"}]}"""),
        };

        Assert.InRange(reply.Status, 200, 201);
        var account = await _host.AccountAsync(id);
        Assert.Equal((Contoso.ProviderId, Ada), (account.ProviderId, account.UserName));
        Assert.Equal(1, (await Contoso.GetAsync("/Users")).Body["totalResults"]!.GetValue<int>());
        await Soundness.AssertAsync(_host.DatabaseFile);
    }

    [Fact]
    public async Task A_delete_takes_nobody_over_and_says_so()
    {
        var id = await KeepAsync(Ada);

        var reply = await _host.RefusedAsync(() => Contoso.DeleteAsync($"/Users/{id}"));

        reply.AssertError(403, null, "kept by hand");
    }

    [Fact]
    public async Task Conditions_hold_for_whom_the_filter_found()
    {
        var id = await KeepAsync(Ada);
        var tag = (await Contoso.GetAsync($"/Users/{id}")).Header("ETag")!;
        const string Change =
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"add","path":"nickName","value":"A"}]}""";

        var stale = await Contoso.SendAsync(
            HttpMethod.Patch,
            $"/Users/{id}",
            Change,
            request => request.Headers.TryAddWithoutValidation("If-Match", "W/\"7\"")
        );
        var current = await Contoso.SendAsync(
            HttpMethod.Patch,
            $"/Users/{id}",
            Change,
            request => request.Headers.TryAddWithoutValidation("If-Match", tag)
        );

        Assert.Equal((412, 200), (stale.Status, current.Status));
    }

    [Fact]
    [Proves("rule-26")]
    public async Task Who_waits_is_found_once_an_administrator_has_approved()
    {
        await SetAsync(input => input with { AdoptionPolicy = AdoptionPolicy.Ask });
        var id = await KeepAsync(Ada);
        await Contoso.PostAsync("/Users", $$"""{"userName":"{{Ada}}"}""");
        await Contoso.PostAsync("/Users", $$"""{"userName":"{{Ada}}"}""");

        var waiting = Assert.Single(await WaitingAsync());
        Assert.Equal((id, Ada), (waiting.Id.ToString("D"), waiting.UserName));
        Assert.Single(await _host.ActivitiesAsync(), activity => activity.Kind == JournalKind.AdoptionAsked);
        Assert.Equal(1, Assert.Single(await Adoptions.CountWaitingAsync(Actor.System, CancellationToken.None)).People);
        Installation.Done(
            await Adoptions.DecideAsync(Contoso.ProviderId, waiting.Id, isApproved: true, _host.Administrator, CancellationToken.None)
        );

        Assert.Equal([id], await FindAsync($"userName eq \"{Ada}\""));
        Assert.Equal(201, (await Contoso.PostAsync("/Users", $$"""{"userName":"{{Ada}}"}""")).Status);
        Assert.Empty(await WaitingAsync());
    }

    [Fact]
    [Proves("rule-26")]
    public async Task Who_is_kept_by_hand_for_good_does_not_wait_again()
    {
        await SetAsync(input => input with { AdoptionPolicy = AdoptionPolicy.Ask });
        await KeepAsync(Ada);
        await Contoso.PostAsync("/Users", $$"""{"userName":"{{Ada}}"}""");
        var waiting = Assert.Single(await WaitingAsync());

        Installation.Done(
            await Adoptions.DecideAsync(Contoso.ProviderId, waiting.Id, isApproved: false, _host.Administrator, CancellationToken.None)
        );

        (await Contoso.PostAsync("/Users", $$"""{"userName":"{{Ada}}"}""")).AssertError(409, "uniqueness", "kept by hand");
        Assert.Empty(await WaitingAsync());
        Assert.Empty(await FindAsync($"userName eq \"{Ada}\""));
    }

    [Fact]
    public async Task Deciding_about_all_refuses_when_somebody_came_meanwhile()
    {
        await SetAsync(input => input with { AdoptionPolicy = AdoptionPolicy.Ask });
        foreach (var name in (string[])[Ada, "ben@contoso.com"])
        {
            await KeepAsync(name);
            await Contoso.PostAsync("/Users", $$"""{"userName":"{{name}}"}""");
        }

        var stale = Installation.Refused(
            await Adoptions.DecideAllAsync(Contoso.ProviderId, 1, isApproved: true, _host.Administrator, CancellationToken.None)
        );
        Assert.Equal(RefusalKind.Stale, stale.Kind);
        Assert.Equal(2, (await WaitingAsync()).Count);
        Installation.Done(
            await Adoptions.DecideAllAsync(Contoso.ProviderId, 2, isApproved: true, _host.Administrator, CancellationToken.None)
        );
        Assert.Empty(await WaitingAsync());
    }

    [Fact]
    [Proves("rule-26", "rule-2")]
    public async Task Nobody_but_a_system_administrator_decides()
    {
        await SetAsync(input => input with { AdoptionPolicy = AdoptionPolicy.Ask });
        var id = await KeepAsync(Ada);
        await Contoso.PostAsync("/Users", $$"""{"userName":"{{Ada}}"}""");
        var technician = Origin.Of(
            new Actor(ActorKind.Administrator, Guid.Parse(await KeepAsync("eve@contoso.com", Who.Technician)), "Eve")
        );

        var refused = Installation.Refused(
            await Adoptions.DecideAsync(Contoso.ProviderId, Guid.Parse(id), isApproved: true, technician, CancellationToken.None)
        );

        Assert.Equal(RefusalKind.NotAllowed, refused.Kind);
        Assert.Single(await WaitingAsync());
    }

    [Fact]
    [Proves("rule-22", "rule-26")]
    public async Task A_system_administrator_is_never_found_and_never_taken_over_under_any_policy()
    {
        await SetAsync(input => input with { AdoptionPolicy = AdoptionPolicy.Everybody, Domains = ["contoso.com", "example.com"] });
        var id = _host.Administrator.Actor.Id!.Value;
        foreach (var filter in (string[])["userName eq \"ada@example.com\"", "emails eq \"ada@example.com\""])
        {
            Assert.Empty(await FindAsync(filter));
        }

        await _host.RefusedAsync(() => Contoso.PostAsync("/Users", """{"userName":"ada@example.com"}"""));
        await _host.RefusedAsync(() => Contoso.PatchAsync($"/Users/{id:D}", """{"op":"replace","path":"active","value":false}"""));
        await _host.RefusedAsync(() => Contoso.PutAsync($"/Users/{id:D}", """{"userName":"ada@example.com"}"""));
        await _host.RefusedAsync(() => Contoso.DeleteAsync($"/Users/{id:D}"));
        await _host.RefusedAsync(() => Contoso.PostAsync("/Groups", $$"""{"displayName":"G","members":[{"value":"{{id:D}}"}]}"""));
        Assert.Empty(await WaitingAsync());
    }

    [Fact]
    [Proves("rule-12", "rule-26")]
    public async Task A_provider_takes_nobody_over_beyond_its_domains_and_learns_nothing_of_them()
    {
        var fabrikam = await _host.AddProviderAsync(
            Samples.Provider("Fabrikam", "fabrikam.com") with
            {
                AdoptionPolicy = AdoptionPolicy.Everybody,
            }
        );
        var id = await KeepAsync(Ada);

        Assert.Equal(
            0,
            (await fabrikam.GetAsync($"/Users?filter={Uri.EscapeDataString($"userName eq \"{Ada}\"")}")).Body[
                "totalResults"
            ]!.GetValue<int>()
        );
        var unknown = await fabrikam.GetAsync(UnknownPerson);
        var foreign = await fabrikam.GetAsync($"/Users/{id}");
        Assert.Equal(
            unknown.Text.Replace(UnknownPerson[7..], "", StringComparison.Ordinal),
            foreign.Text.Replace(id, "", StringComparison.Ordinal)
        );
        (await fabrikam.PostAsync("/Users", $$"""{"userName":"{{Ada}}"}""")).AssertError(409, "uniqueness", "another identity provider");
        // An address in somebody else's domain is only an address.
        var own = await fabrikam.PostAsync("/Users", $$"""{"userName":"x@fabrikam.com","emails":[{"value":"{{Ada}}"}]}""");
        Assert.NotEqual(id, own.Id);
        Assert.Equal(400, (await fabrikam.PostAsync("/Groups", $$"""{"displayName":"G","members":[{"value":"{{id}}"}]}""")).Status);
        Assert.Equal(404, (await fabrikam.PatchAsync($"/Users/{id}", """{"op":"replace","path":"active","value":false}""")).Status);
        Assert.Null((await _host.AccountAsync(id)).ProviderId);
    }

    [Fact]
    [Proves("rule-26")]
    public async Task Whom_the_provider_could_not_have_created_so_waits_even_when_it_takes_over_everybody()
    {
        await SetAsync(input => input with { AdoptionPolicy = AdoptionPolicy.Everybody });
        await KeepAsync("eve@contoso.com", Who.Technician);

        (await Contoso.PostAsync("/Users", """{"userName":"eve@contoso.com"}""")).AssertError(409, "uniqueness", "waits for approval");
    }

    [Fact]
    public async Task Two_people_of_one_address_are_taken_for_neither()
    {
        const string Address = ""","emails":[{"value":"ada@contoso.com","type":"work"}]""";
        await Contoso.AddUserAsync(Ada, Address);
        await Contoso.AddUserAsync("ben@contoso.com", Address);
        await ConvertAsync();

        Assert.Empty(await FindAsync($"emails eq \"{Ada}\""));
        var reply = await Contoso.PostAsync("/Users", $$"""{"userName":"third@contoso.com","emails":[{"value":"{{Ada}}"}]}""");

        Assert.Equal(201, reply.Status);
        Assert.Equal("third@contoso.com", reply.Body["userName"]!.GetValue<string>());
    }

    /// <summary>Makes somebody who is kept by hand and answers the id.</summary>
    private async Task<string> KeepAsync(string userName, Who who = Who.EndUser)
    {
        if (who == Who.Technician)
        {
            var made = Installation.Done(
                await _host
                    .Get<Administrators>()
                    .CreateAsync(
                        new NewAdministrator
                        {
                            FullName = "Ada Lind",
                            Email = userName,
                            Password = Installation.AdministratorPassword,
                        },
                        onlyAsFirst: false,
                        Origin.Of(Actor.CommandLine),
                        CancellationToken.None
                    )
            );
            Installation.Done(await _host.Get<AdministratorRights>().TakeAsync(made, _host.Administrator, CancellationToken.None));
            return made.ToString("D");
        }

        var id = await Contoso.AddUserAsync(userName, $$""","displayName":"Ada Lind","emails":[{"value":"{{userName}}","type":"work"}]""");
        await ConvertAsync();
        if (who == Who.EndUserWithRole)
        {
            await GiveRoleAsync(id, AccountKind.EndUser);
        }

        return id;
    }

    private async Task ConvertAsync()
    {
        var connections = _host.Get<ScimConnections>();
        Installation.Done(
            await connections.DisableAsync(Contoso.ProviderId, PeopleChoice.Convert, _host.Administrator, CancellationToken.None)
        );
        Assert.False((await connections.EnableAsync(Contoso.ProviderId, _host.Administrator, CancellationToken.None)).IsRefused);
    }

    private async Task<string> GiveRoleAsync(string id, AccountKind kind)
    {
        var name = $"Role {Guid.NewGuid():N}";
        var roles = _host.Get<Roles>();
        var role = Installation.Done(
            await roles.CreateAsync(kind, new RoleInput { Name = name }, _host.Administrator, CancellationToken.None)
        );
        Installation.Done(await roles.GiveAsync(Guid.Parse(id), role, _host.Administrator, CancellationToken.None));
        return name;
    }

    private async Task<IReadOnlyList<string>> FindAsync(string filter) =>
        [
            .. (await Contoso.GetAsync($"/Users?filter={Uri.EscapeDataString(filter)}")).Body["Resources"]!
                .AsArray()
                .Select(person => person!["id"]!.GetValue<string>()),
        ];

    private async Task<IReadOnlyList<WaitingPerson>> WaitingAsync() =>
        (await Adoptions.ListWaitingAsync(Actor.System, Contoso.ProviderId, new PageRequest(0, 50), CancellationToken.None)).Items;

    private async Task<PersonDetails> PersonAsync(string id) =>
        (await _host.Get<People>().FindAsync(Actor.System, Guid.Parse(id), CancellationToken.None))!;

    private async Task SetAsync(Func<ProviderInput, ProviderInput> change)
    {
        var providers = _host.Get<Providers>();
        var details = (await providers.FindAsync(Actor.System, Contoso.Identifier, CancellationToken.None))!;
        Installation.Done(
            await providers.ChangeAsync(details.Id, change(details.Input), details.Stamp, _host.Administrator, CancellationToken.None)
        );
    }
}
