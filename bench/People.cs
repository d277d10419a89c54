using System.Globalization;
using System.Text;

namespace NinjaIam.Bench;

/// <summary>The made-up people and groups: who they are and how a provisioning client writes about them.</summary>
internal static class People
{
    /// <summary>Those a directory is filled with.</summary>
    public const string Seeded = "person";

    /// <summary>Those who are created while it is measured.</summary>
    public const string Joining = "joiner";

    public static string UserName(string kind) => $"{kind}-{RequestTemplate.Number}@example.com";

    public static string ExternalId(string kind) => $"external-{kind}-{RequestTemplate.Number}";

    public static string OtherEmail(string kind) => $"{kind}-{RequestTemplate.Number}@home.example";

    /// <summary>One person in about 1 KB with two addresses.</summary>
    public static string User(string kind) =>
        $$$"""
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
            "userName":"{{{UserName(kind)}}}","externalId":"{{{ExternalId(kind)}}}","active":true,
            "name":{"givenName":"Ingrid","familyName":"Eriksen-{{{RequestTemplate.Number}}}","formatted":"Ingrid Eriksen-{{{RequestTemplate.Number}}}"},
            "displayName":"Ingrid Eriksen-{{{RequestTemplate.Number}}}","nickName":"Inga","title":"Senior engineer for measuring instruments",
            "preferredLanguage":"nb-NO","locale":"nb-NO","timezone":"Europe/Oslo",
            "emails":[{"value":"{{{UserName(kind)}}}","type":"work","primary":true},{"value":"{{{OtherEmail(kind)}}}","type":"home"}],
            "addresses":[{"type":"work","streetAddress":"Storgata 128","locality":"Oslo","region":"Oslo","postalCode":"0182","country":"NO"}],
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"{{{RequestTemplate.Number}}}",
            "costCenter":"4130","organization":"Example","division":"Instruments","department":"Research and development"}}
            """;

    public static string Group(string name, IEnumerable<Guid> members) =>
        $$"""
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"{{name}}","members":[{{MemberList(members)}}]}
            """;

    public static string AddMember => AddMembers(RequestTemplate.Id);

    public static string RemoveMember => Patch($$"""{"op":"remove","path":"members[value eq \"{{RequestTemplate.Id}}\"]"}""");

    public static string AddMembers(IEnumerable<Guid> members) =>
        Patch($$"""{"op":"add","path":"members","value":[{{MemberList(members)}}]}""");

    public static string ReplaceMembers(IEnumerable<Guid> members) =>
        Patch($$"""{"op":"replace","path":"members","value":[{{MemberList(members)}}]}""");

    public static string SetActive(bool active) => Patch($$"""{"op":"replace","path":"active","value":{{(active ? "true" : "false")}}}""");

    /// <summary>A filter with its number filled in, for calls without HTTP.</summary>
    public static string Filled(string text, int number) =>
        text.Replace(RequestTemplate.Number, number.ToString("D7", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string AddMembers(string id) => Patch($$"""{"op":"add","path":"members","value":[{"value":"{{id}}"}]}""");

    private static string Patch(string operation) =>
        $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{operation}}]}""";

    private static string MemberList(IEnumerable<Guid> members) =>
        new StringBuilder().AppendJoin(',', members.Select(id => $$"""{"value":"{{id:D}}"}""")).ToString();
}
