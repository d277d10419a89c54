using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Conformance;

/// <summary>RFC 7644, section 3.6: DELETE.</summary>
public sealed class DeletingTests(ScimHost host) : IClassFixture<ScimHost>
{
    private ScimClient Contoso => host.Contoso;

    [Theory]
    [InlineData("/Users", """{"userName":"gone","externalId":"one"}""")]
    [InlineData("/Groups", """{"displayName":"gone","externalId":"one"}""")]
    [Proves("7644-3.6-1", "7644-3.6-2", "7644-3.6-3", "7644-3.6-4", "7644-3.6-5", "7643-3.1-5")]
    public async Task What_is_deleted_is_gone_and_its_name_is_free(string endpoint, string json)
    {
        var attribute = endpoint == "/Users" ? "userName" : "displayName";
        var id = (await Contoso.PostAsync(endpoint, json)).Id;
        var one = $"{endpoint}/{id}";
        var team = await Contoso.AddGroupAsync($"Team of {endpoint[1..]}");

        var deleted = await Contoso.DeleteAsync(one);

        Assert.Equal((204, ""), (deleted.Status, deleted.Text));
        (await Contoso.GetAsync(one)).AssertError(404, null);
        (await Contoso.PutAsync(one, json)).AssertError(404, null);
        (await Contoso.PatchAsync(one, $$"""{"op":"replace","path":"{{attribute}}","value":"x"}""")).AssertError(404, null);
        (await Contoso.DeleteAsync(one)).AssertError(404, null);
        (await Contoso.PatchAsync($"/Groups/{team}", $$"""{"op":"add","path":"members","value":[{"value":"{{id}}"}]}""")).AssertError(
            400,
            "invalidValue",
            id
        );
        foreach (var filter in (string[])[$"id eq \"{id}\"", $"{attribute} eq \"gone\""])
        {
            Assert.Equal(0, (await Contoso.GetAsync($"{endpoint}?filter={filter}")).Body["totalResults"]!.GetValue<int>());
            Assert.Equal(0, (await Contoso.GetAsync($"?filter={filter}")).Body["totalResults"]!.GetValue<int>());
        }

        var again = await Contoso.PostAsync(endpoint, json.Replace("\"one\"", "\"another\"", StringComparison.Ordinal));
        Assert.Equal(201, again.Status);
        Assert.NotEqual(id, again.Id);
    }
}
