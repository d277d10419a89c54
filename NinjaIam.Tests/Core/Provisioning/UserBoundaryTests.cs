using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Provisioning;

/// <summary>What a provider may do to people, and what is none of its business.</summary>
public sealed class UserBoundaryTests : IAsyncLifetime
{
    private const string Extension = "urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User";

    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    private ScimClient Contoso => _host.Contoso;

    private Task<ScimClient> AddFabrikamAsync(bool technicians = true, bool all = true) =>
        _host.AddProviderAsync(
            Samples.Provider("Fabrikam", "fabrikam.com", Vendor.Okta) with
            {
                MayCreateTechnicians = technicians,
                AllOrganizations = all,
            }
        );

    [Theory]
    [InlineData("technician", AccountKind.Technician, "Technician")]
    [InlineData("ENDUSER", AccountKind.EndUser, "endUser")]
    [Proves("rule-30")]
    public async Task The_kind_follows_userType_in_any_letter_case(string sent, AccountKind kind, string answered)
    {
        var fabrikam = await AddFabrikamAsync();

        var reply = await fabrikam.PostAsync("/Users", $$"""{"userName":"a@fabrikam.com","{{Extension}}":{"userType":"{{sent}}"} }""");

        Assert.Equal(201, reply.Status);
        Assert.Equal(answered, reply.Body[Extension]!["userType"]!.GetValue<string>());
        Assert.Equal(kind, (await _host.AccountAsync(reply.Id)).Kind);
    }

    [Fact]
    [Proves("rule-30")]
    public async Task Without_userType_a_new_person_is_an_end_user_and_an_old_one_stays_what_they_are()
    {
        var fabrikam = await AddFabrikamAsync();
        var id = await fabrikam.AddUserAsync("a@fabrikam.com", $$""","{{Extension}}":{"userType":"Technician"}""");

        Assert.Equal(200, (await fabrikam.PatchAsync($"/Users/{id}", $$"""{"op":"remove","path":"{{Extension}}:userType"}""")).Status);

        Assert.Equal(AccountKind.Technician, (await _host.AccountAsync(id)).Kind);
        Assert.Equal(AccountKind.EndUser, (await _host.AccountAsync(await fabrikam.AddUserAsync("b@fabrikam.com"))).Kind);
    }

    [Fact]
    [Proves("7644-2-6", "rule-30", "rule-33")]
    public async Task A_technician_is_refused_where_the_boundary_does_not_allow_it()
    {
        var json = $$"""{"userName":"a@contoso.com","{{Extension}}":{"userType":"Technician"} }""";

        var reply = await _host.RefusedAsync(() => Contoso.PostAsync("/Users", json));

        reply.AssertError(400, "invalidValue", "Allow it in the portal under Administration, Accounts, Identity Providers");
    }

    [Fact]
    public async Task A_boundary_that_became_narrower_does_not_stand_in_the_way_of_a_deactivation()
    {
        var fabrikam = await AddFabrikamAsync();
        var id = await fabrikam.AddUserAsync("a@fabrikam.com", $$""","{{Extension}}":{"userType":"Technician","organizationId":"All"}""");
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_host.DatabaseFile}"))
        {
            await connection.OpenAsync();
            await using var narrow = connection.CreateCommand();
            narrow.CommandText = """UPDATE providers SET "MayCreateTechnicians" = 0, "AllOrganizations" = 0""";
            await narrow.ExecuteNonQueryAsync();
        }

        Assert.Equal(200, (await fabrikam.PatchAsync($"/Users/{id}", """{"op":"replace","path":"active","value":false}""")).Status);

        Assert.False((await _host.AccountAsync(id)).Active);
    }

    [Theory]
    [InlineData("2", new[] { 2 }, false)]
    [InlineData("\"2\"", new[] { 2 }, false)]
    [InlineData("\"1; 2\"", new[] { 1, 2 }, false)]
    [InlineData("[1,2]", new[] { 1, 2 }, false)]
    [InlineData("\"aLL\"", new int[0], true)]
    [InlineData("\"2,all\"", new int[0], true)]
    [Proves("rule-32")]
    public async Task Organizations_follow_organizationId_in_every_form(string sent, int[] expected, bool all)
    {
        Assert.Equal(2, await _host.AddOrganizationAsync("Second"));
        var fabrikam = await AddFabrikamAsync();

        var id = await fabrikam.AddUserAsync("a@fabrikam.com", $$""","{{Extension}}":{"organizationId":{{sent}}}""");

        Assert.Equal((expected, all), await OrganizationsAsync(id), new PlacementComparer());
    }

    [Fact]
    [Proves("rule-32")]
    public async Task Without_organizationId_a_person_gets_the_default_organization()
    {
        var id = await Contoso.AddUserAsync("a@contoso.com");

        Assert.Equal(([1], false), await OrganizationsAsync(id), new PlacementComparer());
        Assert.Null((await Contoso.GetAsync($"/Users/{id}")).Body[Extension]);
    }

    [Theory]
    [InlineData("\"1,99,x\"", "\"99\", \"x\"")]
    [InlineData("\"2\"", "\"2\"")]
    [InlineData("\"All\"", "\"All\"")]
    [Proves("rule-32")]
    public async Task Organizations_outside_the_boundary_are_refused_by_name(string sent, string named)
    {
        await _host.AddOrganizationAsync("Second");
        var json = $$"""{"userName":"a@contoso.com","{{Extension}}":{"organizationId":{{sent}} } }""";

        var reply = await _host.RefusedAsync(() => Contoso.PostAsync("/Users", json));

        reply.AssertError(400, "invalidValue", named);
    }

    [Fact]
    public async Task A_person_in_a_foreign_domain_is_refused_alike_whether_they_exist_or_not()
    {
        var fabrikam = await AddFabrikamAsync();
        await fabrikam.AddUserAsync("known@fabrikam.com");

        var known = await _host.RefusedAsync(() => Contoso.PostAsync("/Users", """{"userName":"Known@Fabrikam.com"}"""));
        var unknown = await _host.RefusedAsync(() => Contoso.PostAsync("/Users", """{"userName":"unknown@fabrikam.com"}"""));

        known.AssertError(409, "uniqueness");
        Assert.Equal(known.Text, unknown.Text);
    }

    [Fact]
    [Proves("rule-22")]
    public async Task A_system_administrator_can_neither_be_created_over_nor_found()
    {
        var json = $$"""{"userName":"{{Installation.AdministratorEmail}}"}""";

        var reply = await _host.RefusedAsync(() => Contoso.PostAsync("/Users", json));

        reply.AssertError(409, "uniqueness", "kept by hand");
        var found = await Contoso.GetAsync($"/Users?filter=userName eq \"{Installation.AdministratorEmail}\"");
        Assert.Equal(0, found.Body["totalResults"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [Proves("7644-2-6", "rule-22")]
    public async Task Who_was_managed_and_became_a_system_administrator_stays_readable_and_is_not_changed(string method)
    {
        var id = await Contoso.AddUserAsync("a@contoso.com");
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_host.DatabaseFile}"))
        {
            await connection.OpenAsync();
            await using var promote = connection.CreateCommand();
            promote.CommandText = """UPDATE accounts SET "Kind" = 2 WHERE "UserName" = 'a@contoso.com'""";
            await promote.ExecuteNonQueryAsync();
        }

        var reply = await _host.RefusedAsync(() =>
            method switch
            {
                "PATCH" => Contoso.PatchAsync($"/Users/{id}", """{"op":"replace","path":"active","value":false}"""),
                "PUT" => Contoso.PutAsync($"/Users/{id}", """{"userName":"a@contoso.com","active":false}"""),
                _ => Contoso.DeleteAsync($"/Users/{id}"),
            }
        );

        reply.AssertError(403, null);
        Assert.Equal(200, (await Contoso.GetAsync($"/Users/{id}")).Status);
    }

    private async Task<(int[], bool)> OrganizationsAsync(string id)
    {
        await using var database = _host.Read();
        var key = Guid.Parse(id);
        var links = await database
            .AccountOrganizations.Where(link => link.AccountId == key)
            .Select(link => link.OrganizationId)
            .ToArrayAsync();
        return ([.. links.Order()], (await _host.AccountAsync(id)).AllOrganizations);
    }

    private sealed class PlacementComparer : IEqualityComparer<(int[] Organizations, bool All)>
    {
        public bool Equals((int[] Organizations, bool All) x, (int[] Organizations, bool All) y) =>
            x.All == y.All && x.Organizations.SequenceEqual(y.Organizations);

        public int GetHashCode((int[] Organizations, bool All) obj) => obj.Organizations.Length;
    }
}
