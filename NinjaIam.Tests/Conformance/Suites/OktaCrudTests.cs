using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Conformance.Suites;

/// <summary>
/// Okta's SCIM 2.0 CRUD test: what happens to a person in Okta is read in the application afterwards. Okta publishes it as
/// https://developer.okta.com/standards/SCIM/SCIMFiles/Okta-SCIM-20-CRUD-Test.json. All of its checks of the application are here. What
/// Okta sends in between is taken from its SCIM 2.0 protocol reference: an application of its catalog gets PATCH, any other one PUT.
/// </summary>
public sealed class OktaCrudTests(ScimHost host) : IClassFixture<ScimHost>
{
    private readonly string _login = $"{Guid.NewGuid():N}@contoso.com";

    private ScimClient Contoso => host.Contoso;

    [Fact]
    public async Task Who_is_assigned_is_found_by_userName_with_name_and_email()
    {
        await AssignAsync();

        var reply = await Contoso.GetAsync($"/Users?filter=userName eq \"{_login}\"");

        Assert.Equal(200, reply.Status);
        var user = Assert.Single(reply.Body["Resources"]!.AsArray())!;
        Assert.Equal((_login, _login), ((string?)user["userName"], (string?)user["emails"]![0]!["value"]));
        Assert.Equal(("Robin", "Marlow"), ((string?)user["name"]!["givenName"], (string?)user["name"]!["familyName"]));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Another_first_name_arrives(string verb)
    {
        var id = await AssignAsync();

        await UpdateAsync(verb, id, "Robyn", isActive: true);

        var reply = await Contoso.GetAsync($"/Users/{id}");
        Assert.Equal((200, "Robyn"), (reply.Status, (string?)reply.Body["name"]!["givenName"]));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Who_is_deactivated_can_be_read_and_is_inactive(string verb)
    {
        var id = await AssignAsync();

        await UpdateAsync(verb, id, "Robin", isActive: false);

        await AssertActiveAsync(id, expected: false);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("POST")]
    public async Task Who_is_activated_and_assigned_again_is_active_under_the_old_id(string verb)
    {
        var id = await AssignAsync();
        await UpdateAsync("PATCH", id, "Robin", isActive: false);

        await UpdateAsync(verb, id, "Robin", isActive: true);

        await AssertActiveAsync(id, expected: true);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Whose_assignment_is_removed_after_a_return_can_be_read_and_is_inactive(string verb)
    {
        var id = await AssignAsync();
        await UpdateAsync(verb, id, "Robin", isActive: false);
        await UpdateAsync(verb, id, "Robin", isActive: true);

        await UpdateAsync(verb, id, "Robin", isActive: false);

        await AssertActiveAsync(id, expected: false);
    }

    /// <summary>Okta asks whether there is somebody, and then creates the user.</summary>
    private async Task<string> AssignAsync()
    {
        Assert.Equal(0, (int)(await Contoso.GetAsync($"/Users?filter=userName eq \"{_login}\"")).Body["totalResults"]!);
        var created = await Contoso.PostAsync("/Users", Person("Robin", isActive: true));
        Assert.Equal(201, created.Status);
        return created.Id;
    }

    private async Task UpdateAsync(string verb, string id, string givenName, bool isActive)
    {
        var reply = verb switch
        {
            "PUT" => await Contoso.PutAsync($"/Users/{id}", Person(givenName, isActive)),
            "POST" => await Contoso.PostAsync("/Users", Person(givenName, isActive)),
            _ => await Contoso.PatchAsync(
                $"/Users/{id}",
                $$"""{"op":"replace","value":{"name":{"givenName":"{{givenName}}"},"active":{{Json(isActive)}} } }"""
            ),
        };
        Assert.Equal(verb == "POST" ? 201 : 200, reply.Status);
    }

    private async Task AssertActiveAsync(string id, bool expected)
    {
        var reply = await Contoso.GetAsync($"/Users/{id}");

        Assert.Equal((200, expected), (reply.Status, (bool)reply.Body["active"]!));
    }

    private string Person(string givenName, bool isActive) =>
        $$"""
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"{{_login}}","externalId":"{{_login}}","displayName":"Robin Marlow",
             "name":{"givenName":"{{givenName}}","familyName":"Marlow"},"emails":[{"primary":true,"value":"{{_login}}","type":"work"}],
             "title":"Engineer","phoneNumbers":[{"value":"555-0199","type":"work"}],"locale":"en-US","groups":[],"active":{{Json(
                isActive
            )}} }
            """;

    private static string Json(bool value) => value ? "true" : "false";
}
