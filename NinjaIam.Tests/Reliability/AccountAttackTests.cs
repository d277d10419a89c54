using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;
using RoleDirectory = NinjaIam.Core.Accounts.Roles.Roles;

namespace NinjaIam.Tests.Reliability;

/// <summary>
/// What was done to other directories to get in by provisioning: attributes that nobody offers, names that look like others, identifiers that
/// come back. Nobody gets in, and nobody gets more than they had.
/// </summary>
public sealed class AccountAttackTests : IAsyncLifetime
{
    private const string Ada = "ada@contoso.com";

    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    private ScimClient Contoso => _host.Contoso;

    public static TheoryData<string> Smuggled() =>
        [
            """ "kind":2""",
            """ "Kind":"SystemAdministrator" """,
            """ "isAdmin":true,"admin":true,"superuser":true""",
            """ "roles":[{"value":"System administrator","primary":true}]""",
            """ "entitlements":[{"value":"SystemAdministrator"}]""",
            """ "userType":"SystemAdministrator" """,
            """ "AllOrganizations":true,"Blocked":false,"PasswordHash":"x","SecurityStamp":"x","ProviderId":null""",
            """ "password":"correct horse battery" """,
            """ "groups":[{"value":"0193d0a0-0000-7000-8000-000000000000"}]""",
            """ "meta":{"resourceType":"SystemAdministrator"},"id":"0193d0a0-0000-7000-8000-000000000000" """,
            $$""" "{{SchemaUrns.NinjaOneUser}}":{"userType":"SystemAdministrator"}""",
            $$""" "{{SchemaUrns.NinjaOneUser}}":{"userType":"System Administrator"}""",
            $$""" "{{SchemaUrns.NinjaOneUser}}":{"userType":2}""",
            $$""" "{{SchemaUrns.NinjaOneUser}}":{"kind":2,"role":"admin"}""",
            $$""" "{{SchemaUrns.NinjaOneUser}}:userType":"admin" """,
        ];

    [Theory]
    [MemberData(nameof(Smuggled))]
    [Proves("rule-22", "asvs-15.3.3", "asvs-8.2.3")]
    public async Task Attributes_that_nobody_offers_give_nothing_in_any_verb(string smuggled)
    {
        var id = await Contoso.AddUserAsync(Ada);

        await Contoso.PostAsync("/Users", $$"""{"userName":"eve@contoso.com",{{smuggled}}}""");
        await Contoso.PutAsync($"/Users/{id}", $$"""{"userName":"{{Ada}}",{{smuggled}}}""");
        await Contoso.PatchAsync($"/Users/{id}", $$$"""{"op":"replace","value":{ {{{smuggled}}} }}""");
        await Contoso.PatchAsync($"/Users/{id}", $$$"""{"op":"add","value":{ {{{smuggled}}} }}""");

        await using var database = _host.Read();
        var people = await database.Users.AsNoTracking().Where(user => user.ProviderId == Contoso.ProviderId).ToListAsync();
        Assert.All(
            people,
            person => Assert.Equal((AccountKind.EndUser, false, null), (person.Kind, person.AllOrganizations, person.PasswordHash))
        );
        Assert.Equal(1, await database.Users.CountAsync(user => user.Kind == AccountKind.SystemAdministrator));
        Assert.Equal(0, await database.RoleGrants.CountAsync());
        Assert.Equal(200, (await Contoso.GetAsync($"/Users/{id}")).Status);
    }

    [Fact]
    [Proves("rule-35")]
    public async Task A_thousand_names_that_look_like_a_mapped_group_give_nobody_its_role()
    {
        var (role, eve) = (await AddRoleAsync(), await Contoso.AddUserAsync("eve@contoso.com"));
        var group = await Contoso.AddGroupAsync("Administrators");
        Installation.Done(
            await _host
                .Get<RoleMappings>()
                .SaveAsync(
                    Contoso.ProviderId,
                    new MappingChanges([new NewMapping(role, Guid.Parse(group), null, null)], []),
                    null,
                    _host.Administrator,
                    CancellationToken.None
                )
        );
        // Cyrillic, Greek and full-width letters, letters that nobody sees, and spaces.
        string[] likenesses = ["А", "Α", "A\u200B", "\uFEFFA", "Ａ", " A", "A\u00AD", "\u202EA", "Ā", "a"];
        for (var number = 0; number < 1000; number++)
        {
            var name = likenesses[number % 10] + "dministrators" + new string('\u200D', number / 10);
            await Contoso.PostAsync(
                "/Groups",
                $$"""{"displayName":"{{name}}","externalId":"x{{number}}","members":[{"value":"{{eve}}"}]}"""
            );
        }

        // The name itself, once the group has gone.
        Assert.Equal(204, (await Contoso.DeleteAsync($"/Groups/{group}")).Status);
        await Contoso.AddGroupAsync("Administrators", eve);

        Assert.Empty(await RolesOfAsync(eve));
    }

    [Theory]
    [Proves("rule-24", "asvs-2.2.3")]
    // What was done to Ada, who has the externalId e1 and a role by hand; what is sent then; and what must come of it: the status, whether it
    // is the same id, and whether there is the role.
    [InlineData("deactivated", "POST e1", 201, true, true)]
    [InlineData("deactivated", "POST e2", 409, true, true)]
    [InlineData("deactivated", "POST", 201, true, true)]
    [InlineData("deactivated", "PATCH", 200, true, true)]
    [InlineData("deactivated", "PUT", 200, true, true)]
    [InlineData("deleted", "POST e1", 201, true, false)]
    [InlineData("deleted", "POST e2", 201, false, false)]
    [InlineData("deleted", "POST", 201, true, false)]
    [InlineData("deleted", "PATCH", 404, true, false)]
    [InlineData("deleted", "PUT", 404, true, false)]
    [InlineData("deleted long ago", "POST e1", 201, false, false)]
    [InlineData("deleted long ago", "POST e2", 201, false, false)]
    [InlineData("deleted long ago", "POST", 201, false, false)]
    [InlineData("deleted long ago", "PATCH", 404, true, false)]
    [InlineData("deleted long ago", "PUT", 404, true, false)]
    [InlineData("renamed", "POST e1", 409, true, true)]
    [InlineData("renamed", "POST e2", 201, false, false)]
    [InlineData("renamed", "POST", 201, false, false)]
    [InlineData("renamed", "PATCH", 200, true, true)]
    [InlineData("renamed", "PUT", 200, true, true)]
    [InlineData("converted", "POST e1", 409, true, true)]
    [InlineData("converted", "POST e2", 409, true, true)]
    [InlineData("converted", "POST", 409, true, true)]
    [InlineData("converted", "PATCH", 404, true, true)]
    [InlineData("converted", "PUT", 404, true, true)]
    public async Task Who_comes_again_has_only_what_was_theirs(string done, string sent, int status, bool isSame, bool hasRole)
    {
        var (role, ada) = (await AddRoleAsync(), await Contoso.AddUserAsync(Ada, ""","externalId":"e1" """));
        Installation.Done(await _host.Get<RoleDirectory>().GiveAsync(Guid.Parse(ada), role, _host.Administrator, CancellationToken.None));
        await DoAsync(done, ada);

        var reply = sent switch
        {
            "PATCH" => await Contoso.PatchAsync($"/Users/{ada}", """{"op":"replace","path":"active","value":true}"""),
            "PUT" => await Contoso.PutAsync($"/Users/{ada}", """{"userName":"ada@contoso.com","active":true}"""),
            "POST" => await Contoso.PostAsync("/Users", """{"userName":"ada@contoso.com"}"""),
            _ => await Contoso.PostAsync("/Users", $$"""{"userName":"ada@contoso.com","externalId":"{{sent[5..]}}"}"""),
        };

        Assert.Equal(status, reply.Status);
        var id = reply.Status < 300 ? reply.Id : ada;
        Assert.Equal(isSame, id == ada);
        Assert.Equal(hasRole, (await RolesOfAsync(id)).Count > 0);
        await Soundness.AssertAsync(_host.DatabaseFile);
    }

    private async Task DoAsync(string what, string ada)
    {
        switch (what)
        {
            case "deactivated":
                await Contoso.PatchAsync($"/Users/{ada}", """{"op":"replace","path":"active","value":false}""");
                break;
            case "renamed":
                await Contoso.PatchAsync($"/Users/{ada}", """{"op":"replace","path":"userName","value":"lind@contoso.com"}""");
                break;
            case "converted":
                var connections = _host.Get<ScimConnections>();
                Installation.Done(
                    await connections.DisableAsync(Contoso.ProviderId, PeopleChoice.Convert, _host.Administrator, CancellationToken.None)
                );
                Assert.False((await connections.EnableAsync(Contoso.ProviderId, _host.Administrator, CancellationToken.None)).IsRefused);
                break;
            default:
                await Contoso.DeleteAsync($"/Users/{ada}");
                _host.Clock.Advance(what == "deleted" ? TimeSpan.FromDays(1) : TimeSpan.FromDays(31));
                break;
        }
    }

    private async Task<int> AddRoleAsync() =>
        Installation.Done(
            await _host
                .Get<RoleDirectory>()
                .CreateAsync(AccountKind.EndUser, new RoleInput { Name = "Viewer" }, _host.Administrator, CancellationToken.None)
        );

    private async Task<IReadOnlyList<PersonRole>> RolesOfAsync(string id) =>
        [
            .. (await _host.Get<RoleDirectory>().OfPersonAsync(Actor.System, Guid.Parse(id), CancellationToken.None)).Where(role =>
                role.Counts
            ),
        ];
}
