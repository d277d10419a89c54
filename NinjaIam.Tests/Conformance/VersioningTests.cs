using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Conformance;

/// <summary>RFC 7644, section 3.14, with the conditions of RFC 9110: entity tags on every verb.</summary>
public sealed class VersioningTests(ScimHost host) : IClassFixture<ScimHost>
{
    private ScimClient Contoso => host.Contoso;

    [Theory]
    [InlineData("/Users", """{"userName":"NAME"}""", """{"userName":"NAME","title":"T"}""", """{"op":"add","path":"title","value":"U"}""")]
    [InlineData(
        "/Groups",
        """{"displayName":"NAME"}""",
        """{"displayName":"NAME2"}""",
        """{"op":"add","path":"displayName","value":"NAME3"}"""
    )]
    [Proves("7644-3.14-1", "7644-3.14-2", "7643-3.1-9", "7643-3.1-10")]
    public async Task Every_answer_has_the_version_which_changes_with_the_state(
        string endpoint,
        string json,
        string other,
        string operation
    )
    {
        var name = Guid.NewGuid().ToString("N");
        var created = await Contoso.PostAsync(endpoint, json.Replace("NAME", name, StringComparison.Ordinal));
        var path = $"{endpoint}/{created.Id}";
        var same = await Contoso.PutAsync(path, json.Replace("NAME", name, StringComparison.Ordinal));
        var replaced = await Contoso.PutAsync(path, other.Replace("NAME", name, StringComparison.Ordinal));
        var patched = await Contoso.PatchAsync($"{path}?attributes=meta", operation.Replace("NAME", name, StringComparison.Ordinal));
        var read = await Contoso.GetAsync(path);

        Assert.Equal(["W/\"1\"", "W/\"1\"", "W/\"2\"", "W/\"3\"", "W/\"3\""], new[] { created, same, replaced, patched, read }.Select(Tag));

        static string Tag(ScimReply reply)
        {
            Assert.Equal(reply.Header("ETag"), reply.Body["meta"]!["version"]!.GetValue<string>());
            Assert.Equal(reply.Header("Location"), reply.Body["meta"]!["location"]!.GetValue<string>());
            Assert.Equal(reply.Header("Content-Location"), reply.Body["meta"]!["location"]!.GetValue<string>());
            return reply.Header("ETag")!;
        }
    }

    [Theory]
    [InlineData("W/\"1\"", 304)]
    [InlineData("\"1\"", 304)]
    [InlineData("\"7\", W/\"1\"", 304)]
    [InlineData("*", 304)]
    [InlineData("W/\"7\"", 200)]
    [Proves("7644-3.14-h1")]
    public async Task What_is_known_already_is_not_answered_again(string tags, int status)
    {
        var group = await Contoso.AddGroupAsync(Guid.NewGuid().ToString("N"));
        var user = await Contoso.AddUserAsync(Guid.NewGuid().ToString("N"));
        foreach (var path in (string[])[$"/Groups/{group}", $"/Users/{user}?excludedAttributes=groups"])
        {
            var reply = await SendAsync("GET", path, "If-None-Match", tags);

            Assert.Equal(status, reply.Status);
            Assert.Equal("W/\"1\"", reply.Header("ETag"));
            Assert.Equal(status == 304, reply.Text.Length == 0);
        }

        Assert.Equal(200, (await SendAsync("GET", $"/Users/{user}", "If-None-Match", tags)).Status);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [Proves("7644-3.14-h2", "7644-3.14-h3", "7644-3.14-h4")]
    public async Task If_Match_holds_for_the_version_it_names(string method)
    {
        foreach (var path in await ResourcesAsync())
        {
            var refused = await host.RefusedAsync(() => SendAsync(method, path, "If-Match", "W/\"7\", \"8\""));
            refused.AssertError(412, null);
        }

        foreach (var tags in (string[])["W/\"1\"", "\"1\"", "\"7\", \"1\"", "*"])
        {
            foreach (var path in await ResourcesAsync())
            {
                Assert.InRange((await SendAsync(method, path, "If-Match", tags)).Status, 200, 204);
            }
        }

        (await SendAsync(method, $"/Users/{Guid.NewGuid()}", "If-Match", "*")).AssertError(404, null);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [Proves("7644-3.14-h5")]
    public async Task If_None_Match_keeps_from_writing_over_what_is_there(string method)
    {
        foreach (var path in await ResourcesAsync())
        {
            foreach (var tags in (string[])["*", "W/\"1\"", "\"1\", \"2\""])
            {
                (await host.RefusedAsync(() => SendAsync(method, path, "If-None-Match", tags))).AssertError(412, null);
            }

            Assert.InRange((await SendAsync(method, path, "If-None-Match", "\"7\"")).Status, 200, 204);
        }
    }

    private async Task<string[]> ResourcesAsync() =>
        [
            $"/Users/{await Contoso.AddUserAsync(Guid.NewGuid().ToString("N"))}",
            $"/Groups/{await Contoso.AddGroupAsync(Guid.NewGuid().ToString("N"))}",
        ];

    private Task<ScimReply> SendAsync(string method, string path, string header, string tags)
    {
        var name = path.StartsWith("/Users", StringComparison.Ordinal) ? "userName" : "displayName";
        var value = Guid.NewGuid().ToString("N");
        var json = method switch
        {
            "PUT" => $$"""{"{{name}}":"{{value}}"}""",
            "PATCH" =>
                $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"{{name}}","value":"{{value}}"}]}""",
            _ => null,
        };
        return Contoso.SendAsync(new HttpMethod(method), path, json, request => request.Headers.TryAddWithoutValidation(header, tags));
    }
}
