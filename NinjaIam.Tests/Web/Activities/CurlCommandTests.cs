using NinjaIam.Core.Journal.Requests;
using NinjaIam.Web.Components.Activities;
using Xunit;

namespace NinjaIam.Tests.Web.Activities;

public sealed class CurlCommandTests
{
    [Theory]
    [InlineData("/scim/v2/k3v9/Users", "/scim/v2/k3v9/Users")]
    [InlineData("/scim/v2/k3v9/Users?filter=userName eq \"…\"&count=5", "/scim/v2/k3v9/Users?filter=userName%20eq%20%22…%22&count=5")]
    [InlineData("/scim/v2/k3v9/Users?flag", "/scim/v2/k3v9/Users?flag")]
    public void An_address_is_written_as_it_is_sent_and_marks_stay_to_be_seen(string kept, string sent) =>
        Assert.Equal(
            $"curl 'https://iam.example.com{sent}' \\\n  -H \"Authorization: Bearer $SCIM_TOKEN\"",
            CurlCommand.Of(Request("GET", kept, null), "https://iam.example.com")
        );

    [Fact]
    public void What_is_sent_cannot_leave_its_quotation_marks()
    {
        var command = CurlCommand.Of(Request("PUT", "/x", """{"a":"';rm -rf ~;'"}"""), "https://iam.example.com");

        Assert.EndsWith("""--data-raw '{"a":"'\'';rm -rf ~;'\''"}'""", command, StringComparison.Ordinal);
    }

    private static LoggedRequest Request(string method, string path, string? body) =>
        new()
        {
            RequestId = "r",
            At = default,
            ProviderId = Guid.Empty,
            Token = "a1B2c3D4",
            Method = method,
            Path = path,
            Duration = TimeSpan.Zero,
            Request = new LoggedBody(body, 0, false),
            Answer = new LoggedBody(null, 0, false),
        };
}
