using System.Net.Http.Headers;
using System.Text;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.ScimApi;

/// <summary>What cannot be done is refused with the error of RFC 7644 that names what is wrong, and changes nothing.</summary>
public sealed class BadInputTests(ScimHost host) : IClassFixture<ScimHost>
{
    [Theory]
    [InlineData("", "invalidSyntax", "no body")]
    [InlineData("{", "invalidSyntax", "line 1")]
    [InlineData("[]", "invalidSyntax", "JSON object")]
    [InlineData("""{"userName":"a@contoso.com","USERNAME":"b@contoso.com"}""", "invalidSyntax", "more than once")]
    [InlineData("""{"userName":42e400}""", "invalidSyntax", "userName")]
    [InlineData("""{"displayName":"Ada"}""", "invalidValue", "userName")]
    [InlineData("""{"userName":"  "}""", "invalidValue", "userName")]
    [InlineData("""{"userName":["a","b"]}""", "invalidValue", "userName")]
    [InlineData("""{"userName":"x@contoso.com","active":"maybe"}""", "invalidValue", "active")]
    [InlineData("""{"userName":"x@contoso.com","emails":[{"value":{"a":1}}]}""", "invalidValue", "emails.value")]
    [InlineData(
        """{"userName":"x@contoso.com","urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User":{"userType":"Member"}}""",
        "invalidValue",
        "Member or Guest"
    )]
    [InlineData("""{"schemas":"x","userName":["a"]""", "invalidSyntax", null)]
    [Proves("7644-3.12-t5", "7644-3.12-t8", "7643-4.1.1-1", "asvs-1.5.3", "asvs-2.2.1")]
    public async Task A_user_that_cannot_be_read_is_refused(string json, string scimType, string? detail)
    {
        var reply = await host.RefusedAsync(() => host.Contoso.PostAsync("/Users", json));

        reply.AssertError(400, scimType, detail);
    }

    [Fact]
    public async Task A_body_that_is_nested_too_deeply_is_refused()
    {
        var objects = string.Concat(Enumerable.Repeat("{\"name\":", 5000));
        var lists = "{\"emails\":" + new string('[', 5000);

        (await host.RefusedAsync(() => host.Contoso.PostAsync("/Users", objects))).AssertError(400, "invalidSyntax", "levels deep");
        (await host.RefusedAsync(() => host.Contoso.PostAsync("/Users", lists))).AssertError(400, "invalidSyntax", "levels deep");
    }

    [Theory]
    [InlineData("", "invalidSyntax", "Operations")]
    [InlineData("""{"op":"increase","path":"title","value":"x"}""", "invalidValue", "add, remove or replace")]
    [InlineData("""{"op":"remove"}""", "noTarget", "path")]
    [InlineData("""{"op":"replace","path":"shoeSize","value":9}""", "invalidPath", "shoeSize")]
    [InlineData("""{"op":"replace","path":"emails[type eq","value":9}""", null, null)]
    [InlineData("""{"op":"remove","path":"userName"}""", "mutability", "userName")]
    [InlineData("""{"op":"replace","path":"id","value":"other"}""", "mutability", "id")]
    [InlineData(
        """{"op":"replace","path":"title","value":"x"},{"op":"replace","path":"active","value":"maybe"}""",
        "invalidValue",
        "Operation 2"
    )]
    public async Task A_patch_that_cannot_be_done_is_refused_as_a_whole(string operations, string? scimType, string? detail)
    {
        var id = await host.Contoso.AddUserAsync($"{Guid.NewGuid():N}@contoso.com");

        var reply = await host.RefusedAsync(() => host.Contoso.PatchAsync($"/Users/{id}", operations));

        Assert.Equal(400, reply.Status);
        if (scimType is not null)
        {
            reply.AssertError(400, scimType, detail);
        }
    }

    [Theory]
    [InlineData("/Users?filter=meta.location co \"a\"", "invalidFilter", "meta.location")]
    [InlineData("/Users?filter=groups.$ref sw \"a\"", "invalidFilter", "groups.$ref")]
    [InlineData("/Groups?filter=members[$ref eq \"a\"]", "invalidFilter", "members.$ref")]
    [InlineData("/Users?filter=shoeSize eq 9", "invalidFilter", "shoeSize")]
    [InlineData("/Users?filter=userName eq", "invalidFilter", null)]
    [InlineData("/Users?filter=userName eq \"a%EF%BF%BE\"", "invalidFilter", "U+FFFE")]
    [InlineData("/Users?filter=meta.created gt \"2026-01-01T00:00:00Z\\n\"", "invalidFilter", "dateTime")]
    [InlineData("/Users?filter=", "invalidFilter", null)]
    [InlineData("/Users?startIndex=x", "invalidValue", "startIndex")]
    [InlineData("/Groups?count=many", "invalidValue", "count")]
    [InlineData("/Users?attributes=userName&excludedAttributes=emails", "invalidValue", "attributes")]
    public async Task A_query_that_is_not_understood_never_answers_everybody(string path, string scimType, string? detail)
    {
        (await host.RefusedAsync(() => host.Contoso.GetAsync(path))).AssertError(400, scimType, detail);
    }

    [Theory]
    [InlineData("/Users", 1024 * 1024)]
    [InlineData("/Groups", 16 * 1024 * 1024)]
    [Proves("7644-3.12-3", "7644-3.12-h3")]
    public async Task A_body_that_is_too_large_is_refused(string path, int limit)
    {
        var json = $$"""{"userName":"{{new string('x', limit)}}"}""";

        (await host.RefusedAsync(() => host.Contoso.PostAsync(path, json))).AssertError(413, null, "MB");
    }

    [Fact]
    [Proves("7644-3.12-h3")]
    public async Task A_body_of_unknown_length_that_is_too_large_is_refused()
    {
        var json = Encoding.UTF8.GetBytes($$"""{"userName":"{{new string('x', 1024 * 1024)}}"}""");

        var reply = await host.RefusedAsync(() =>
            host.Contoso.SendAsync(
                HttpMethod.Post,
                "/Users",
                null,
                request =>
                {
                    request.Content = new StreamContent(new MemoryStream(json));
                    request.Headers.TransferEncodingChunked = true;
                }
            )
        );

        reply.AssertError(413, null);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-7")]
    [Proves("7644-3.12-h2")]
    public async Task A_body_of_another_type_is_refused(string type)
    {
        var reply = await host.RefusedAsync(() => PostAsync("{}", type));

        reply.AssertError(415, null, "application/scim+json");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/scim+json; charset=UTF-8")]
    [InlineData(null)]
    public async Task JSON_is_accepted_under_its_names_and_without_one(string? type)
    {
        Assert.Equal(201, (await PostAsync($$"""{"userName":"{{Guid.NewGuid():N}}@contoso.com"}""", type)).Status);
    }

    [Theory]
    [InlineData("PUT", "/Users", 405, "GET, HEAD, POST, OPTIONS")]
    [InlineData("POST", "/Groups/1", 405, "GET, HEAD, PUT, PATCH, DELETE, OPTIONS")]
    [InlineData("DELETE", "/Schemas", 405, "GET, HEAD, OPTIONS")]
    [InlineData("GET", "/Users/.search", 405, "POST, OPTIONS")]
    [InlineData("PUT", "/.search", 405, "POST, OPTIONS")]
    [InlineData("POST", "", 405, "GET, HEAD, OPTIONS")]
    [InlineData("PATCH", "?aadOptscim062020/Groups", 405, "GET, HEAD, POST, OPTIONS")]
    [InlineData("GET", "/Devices", 404, null)]
    [InlineData("GET", "/Users/1/2", 404, null)]
    [InlineData("GET", "/Me", 501, null)]
    [InlineData("PATCH", "/me", 501, null)]
    [InlineData("DELETE", "?aadOptscim062020/Me", 501, null)]
    [InlineData("GET", "?aadOptscim062020/Users%00", 404, null)]
    [InlineData("GET", "/Schemas?filter=id eq \"x\"", 403, null)]
    [InlineData("GET", "/Schemas/urn:unknown", 404, null)]
    [Proves("7644-3.11-1", "7644-3.12-h1", "asvs-4.1.4", "asvs-3.2.1")]
    public async Task Unknown_addresses_and_methods_are_answered_in_SCIM(string method, string path, int status, string? allow)
    {
        var reply = await host.Contoso.SendAsync(new HttpMethod(method), path);

        reply.AssertError(status, null);
        Assert.Equal(allow, reply.Header("Allow"));
        Assert.Equal("no-store", reply.Header("Cache-Control"));
    }

    [Fact]
    public async Task Outside_the_endpoint_of_a_provider_there_is_nothing_either()
    {
        using var response = await host.Client.GetAsync(new Uri("/scim/Users", UriKind.Relative));

        (await ScimReply.ReadAsync(response)).AssertError(404, null);
    }

    private Task<ScimReply> PostAsync(string json, string? type) =>
        host.Contoso.SendAsync(
            HttpMethod.Post,
            "/Users",
            null,
            request =>
            {
                request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
                request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
            }
        );
}
