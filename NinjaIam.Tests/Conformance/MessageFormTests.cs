using System.Net.Http.Headers;
using System.Text;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Conformance;

/// <summary>RFC 7644, sections 3.8 and 3.12: encodings, media types, errors.</summary>
public sealed class MessageFormTests(ScimHost host) : IClassFixture<ScimHost>
{
    private ScimClient Contoso => host.Contoso;

    [Theory]
    [InlineData("utf-16")]
    [InlineData("iso-8859-1")]
    [Proves("7644-3.8-3", "7644-3.8-1")]
    public async Task A_body_is_read_in_the_encoding_it_names_and_answered_in_UTF8(string charset)
    {
        var name = $"jörg{Guid.NewGuid():N}";

        var reply = await Contoso.SendAsync(
            HttpMethod.Post,
            "/Users",
            null,
            request =>
            {
                request.Content = new ByteArrayContent(Encoding.GetEncoding(charset).GetBytes($$"""{"userName":"{{name}}"}"""));
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse($"application/scim+json; charset={charset}");
            }
        );

        Assert.Equal((201, "application/scim+json"), (reply.Status, reply.ContentType));
        Assert.Equal(name, reply.Body["userName"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("application/scim+json", "application/scim+json")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/json;charset=utf-8", "application/json")]
    [InlineData("application/*", "application/scim+json")]
    [InlineData("text/html", "application/scim+json")]
    [Proves("7644-3.8-4", "7644-3.8-5", "7644-8.1-1")]
    public async Task Answers_and_errors_have_the_media_type_of_SCIM_or_the_plain_one_where_it_alone_is_asked_for(
        string accept,
        string expected
    )
    {
        foreach (var path in (string[])["/Users?count=0", "/Schemas", "/ResourceTypes/User", "/Users/unknown"])
        {
            var reply = await Contoso.SendAsync(
                HttpMethod.Get,
                path,
                null,
                request => request.Headers.TryAddWithoutValidation("Accept", accept)
            );

            Assert.Equal(expected, reply.ContentType);
        }
    }

    [Theory]
    [InlineData("GET", "/Users?filter=x", null, 400)]
    [InlineData("POST", "/Users", "{", 400)]
    [InlineData("GET", "/Users/unknown", null, 404)]
    [InlineData("GET", "/Nothing", null, 404)]
    [InlineData("GET", "/Schemas?filter=id pr", null, 403)]
    [InlineData("POST", "/Users", """{"userName":"conflict"}""", 409)]
    [InlineData("GET", "/Me", null, 501)]
    [Proves("7644-3.12-1", "7644-3.12-2", "7644-3.12-3", "7644-3.2-3", "7644-3.11-1")]
    public async Task An_error_is_the_message_that_the_standard_has_for_it(string method, string path, string? json, int status)
    {
        await Contoso.PostAsync("/Users", """{"userName":"conflict"}""");

        var reply = await Contoso.SendAsync(new HttpMethod(method), path, json);

        Assert.Equal(status, reply.Status);
        Assert.Equal("""["urn:ietf:params:scim:api:messages:2.0:Error"]""", reply.Body["schemas"]!.ToJsonString());
        Assert.Equal($"\"{status}\"", reply.Body["status"]!.ToJsonString());
        Assert.NotEmpty(reply.Body["detail"]!.GetValue<string>());
        Assert.Empty(reply.Body.Select(property => property.Key).Except(["schemas", "scimType", "detail", "status"]));
    }

    [Theory]
    [InlineData("/scim/v1/{0}/Users")]
    [InlineData("/scim/v3/{0}/Users/1")]
    [InlineData("/scim/V1.1/{0}")]
    [Proves("7644-3.13-1", "7644-3.13-2", "7644-3.12-t9")]
    public async Task Another_version_of_SCIM_is_refused(string address)
    {
        using var response = await host.Client.GetAsync(
            new Uri(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, Contoso.Identifier), UriKind.Relative)
        );

        (await ScimReply.ReadAsync(response)).AssertError(400, "invalidVers", "v2");
        Assert.Equal(200, (await Contoso.GetAsync("/Users?count=0")).Status);
    }
}
