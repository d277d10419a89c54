using System.Text;
using NinjaIam.Core.Journal.Requests;
using Xunit;

namespace NinjaIam.Tests.Core.Journal.Requests;

public sealed class RedactionTests
{
    private const string Id = "2f1c9f6e-8a53-4d11-9c25-0b7a5f2f7d10";

    [Theory]
    [InlineData("""userName eq "ada@contoso.com" """, """userName eq "…" """)]
    [InlineData($"id eq \"{Id}\"", $"id eq \"{Id}\"")]
    [InlineData(
        """active eq true and not (emails[type eq "work"] or title pr)""",
        """active eq true and not (emails[type eq "…"] or title pr)"""
    )]
    [InlineData("""userName eq "a \" b" or externalId eq "7" """, """userName eq "…" or externalId eq "…" """)]
    [InlineData("userName eq ada@contoso.com", "…")]
    [InlineData("displayName eq Ada Lind", "…")]
    [InlineData("userName eq \"ada", "…")]
    [InlineData("ada@contoso.com", "…")]
    [InlineData("employeeNumber eq 491701234", "…")]
    public void Of_a_filter_its_structure_stays_and_no_literal(string sent, string kept) =>
        Assert.Equal(kept.TrimEnd(), Redaction.Filter(sent));

    [Theory]
    [InlineData("""emails[type eq "work"].value""", """emails[type eq "…"].value""")]
    [InlineData(
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager"
    )]
    [InlineData($"members[value eq \"{Id}\"]", $"members[value eq \"{Id}\"]")]
    [InlineData("ada@contoso.com", "…")]
    [InlineData("Ada Lind", "…")]
    [InlineData("+49 170 1234", "…")]
    public void Of_a_path_its_names_stay(string sent, string kept) => Assert.Equal(kept, Redaction.AttributePath(sent));

    [Theory]
    [InlineData(
        "/scim/v2/k3v9/Users",
        "?filter=userName%20eq%20%22ada%40contoso.com%22&count=5",
        "/scim/v2/k3v9/Users?filter=userName eq \"…\"&count=5"
    )]
    [InlineData("/scim/v2/k3v9/Users/ada@contoso.com", "", "/scim/v2/k3v9/Users/…")]
    [InlineData(
        $"/scim/v2/k3v9/Groups/{Id}",
        "?excludedAttributes=members,x@y&cursor=abc&token=abc",
        $"/scim/v2/k3v9/Groups/{Id}?excludedAttributes=members,…&cursor=…&token=…"
    )]
    public void Of_an_address_the_words_of_the_protocol_stay(string path, string query, string kept) =>
        Assert.Equal(kept, Redaction.Address(path, query));

    [Fact]
    public void Of_a_user_the_attributes_stay_and_of_the_values_only_what_is_on_the_list()
    {
        var kept = Sent(
            $$$"""
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","Ada"],"externalId":"{{{Id}}}","userName":"ada@contoso.com",
            "active":"True","name":{"givenName":"Ada","familyName":"Lind"},"displayName":"Ada Lind","password":"{{{Id}}}",
            "emails":[{"value":"ada@contoso.com","type":"work","primary":true},{"value":"{{{Id}}}","type":"Ada"}],"phone":491701234,
            "ada@contoso.com":null,"urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User":{"userType":"Technician","organizationId":7}}
            """
        );

        Assert.Equal(
            $$$"""
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","…"],"externalId":"{{{Id}}}","userName":"…",
            "active":"True","name":{"givenName":"…","familyName":"…"},"displayName":"…","password":"…",
            "emails":[{"value":"…","type":"work","primary":true},{"value":"…","type":"…"}],"phone":"…",
            "…":null,"urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User":{"userType":"Technician","organizationId":7}}
            """.ReplaceLineEndings(""),
            kept
        );
    }

    [Theory]
    [InlineData("""{"op":"Replace","path":"active","value":"False"}""", """{"op":"Replace","path":"active","value":"False"}""")]
    [InlineData("""{"op":"replace","path":"password","value":"true"}""", """{"op":"replace","path":"password","value":"…"}""")]
    [InlineData("""{"op":"replace","path":"password","value":"ID"}""", """{"op":"replace","path":"password","value":"…"}""")]
    [InlineData("""{"op":"replace","value":"False","path":"active"}""", """{"op":"replace","value":"…","path":"active"}""")]
    [InlineData(
        """{"op":"add","path":"members","value":[{"value":"ID","display":"Ada Lind"}]}""",
        """{"op":"add","path":"members","value":[{"value":"ID","display":"…"}]}"""
    )]
    [InlineData(
        """{"op":"replace","value":{"active":"False","name.givenName":"Ada"}}""",
        """{"op":"replace","value":{"active":"False","name.givenName":"…"}}"""
    )]
    [InlineData(
        """{"op":"add","path":"emails[type eq \"work\"].value","value":"ID"}""",
        """{"op":"add","path":"emails[type eq \"…\"].value","value":"…"}"""
    )]
    [InlineData("""{"op":"ada@contoso.com"}""", """{"op":"…"}""")]
    public void What_stays_of_an_operations_value_depends_on_its_path(string sent, string kept)
    {
        static string Patch(string operation) => $$"""{"Operations":[{{operation.Replace("ID", Id, StringComparison.Ordinal)}}]}""";

        Assert.Equal(Patch(kept), Sent(Patch(sent)));
    }

    [Fact]
    public void Names_stay_where_they_are_names_of_groups()
    {
        Assert.Equal("""{"displayName":"Help desk"}""", Sent("""{"displayName":"Help desk"}""", isGroup: true));
        Assert.Equal("""{"displayName":"…"}""", Sent("""{"displayName":"Help desk"}"""));
        Assert.Equal(
            """{"displayName":"Help desk","members":[{"displayName":"…"}]}""",
            Sent("""{"displayName":"Help desk","members":[{"displayName":"Ada Lind"}]}""", isGroup: true)
        );
    }

    [Fact]
    public void The_words_of_an_error_stay_without_what_they_quote()
    {
        var error = """{"status":"409","scimType":"uniqueness","detail":"The name \"ada@contoso.com\" is taken, said bo@contoso.com."}""";

        Assert.Equal("""{"status":"409","scimType":"uniqueness","detail":"The name \"…\" is taken, said …"}""", Answered(error));
        Assert.Equal("""{"status":"…","scimType":"…","detail":"…"}""", Sent(error));
    }

    [Fact]
    public void Totals_and_what_the_portal_made_itself_stay_in_an_answer()
    {
        var answer =
            $$$"""{"totalResults":1,"Resources":[{"id":"{{{Id}}}","userName":"ada","meta":{"resourceType":"User","version":"W/\"3\"","location":"https://iam.example.com/scim/v2/k3/Users/{{{Id}}}"}}]}""";

        Assert.Equal(
            $$$"""{"totalResults":1,"Resources":[{"id":"{{{Id}}}","userName":"…","meta":{"resourceType":"User","version":"W/\"3\"","location":"…/Users/{{{Id}}}"}}]}""",
            Answered(answer)
        );
    }

    [Theory]
    [InlineData("not JSON, ada@contoso.com", null)]
    [InlineData("""{"userName":"ada","active":tr!""", """{"userName":"…"}""")]
    [InlineData("\"ada@contoso.com\"", "\"…\"")]
    public void After_a_mistake_nothing_is_kept(string sent, string? kept) => Assert.Equal(kept, Sent(sent));

    [Fact]
    public void A_large_body_says_how_large_it_was_and_shows_its_beginning_as_JSON()
    {
        var copy = new BodyCopy();
        var text = $$"""{"members":[{{string.Join(',', Enumerable.Repeat($$"""{"value":"{{Id}}","display":"Ada Lind"}""", 50_000))}}]}""";
        copy.Add(Encoding.UTF8.GetBytes(text));

        var body = BodyRedaction.Redact(copy, isAnswer: false, isGroup: true);

        Assert.True(body.IsCut);
        Assert.Equal(text.Length, body.Size);
        Assert.InRange(body.Text!.Length, 6_000, 8_300);
        Assert.Equal(System.Text.Json.JsonValueKind.Object, System.Text.Json.JsonDocument.Parse(body.Text).RootElement.ValueKind);
        Assert.DoesNotContain("Ada", body.Text, StringComparison.Ordinal);
    }

    private static string? Sent(string body, bool isGroup = false) => Redact(body, isAnswer: false, isGroup);

    private static string? Answered(string body) => Redact(body, isAnswer: true, isGroup: false);

    private static string? Redact(string body, bool isAnswer, bool isGroup)
    {
        var copy = new BodyCopy();
        copy.Add(Encoding.UTF8.GetBytes(body));
        return BodyRedaction.Redact(copy, isAnswer, isGroup).Text;
    }
}
