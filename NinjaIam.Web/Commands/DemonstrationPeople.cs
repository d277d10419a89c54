using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Web.Commands;

/// <summary>The made-up people and groups of a demonstration, as a provisioning client would send them.</summary>
internal static class DemonstrationPeople
{
    public const int Count = 200;

    private const int TechnicianEvery = 10;
    private const int InactiveEvery = 17;

    private static readonly string[] GivenNames =
    [
        "Amara",
        "Bruno",
        "Chiara",
        "Daniel",
        "Elif",
        "Farid",
        "Grace",
        "Hugo",
        "Ingrid",
        "Jonas",
        "Keiko",
        "Liam",
        "Maya",
        "Noor",
        "Oscar",
        "Priya",
        "Quentin",
        "Rosa",
        "Samir",
        "Tove",
    ];

    private static readonly string[] FamilyNames =
    [
        "Andersen",
        "Bianchi",
        "Castillo",
        "Dubois",
        "Eriksen",
        "Fischer",
        "Garcia",
        "Hughes",
        "Ivanova",
        "Jansen",
    ];

    private static readonly string[] Titles = ["Engineer", "Accountant", "Designer", "Planner", "Analyst"];

    private static readonly string[] Departments = ["Production", "Finance", "Design", "Logistics", "Research"];

    /// <summary>Twelve groups: the name, and every how many people one is a member.</summary>
    public static IReadOnlyList<(string Name, int MemberEvery)> Groups { get; } =
    [
        ("Everyone", 1),
        ("Helpdesk", 20),
        ("Technicians", 10),
        ("Finance", 5),
        ("Production", 4),
        ("Design", 6),
        ("Logistics", 7),
        ("Research", 8),
        ("Project leads", 25),
        ("Remote workers", 3),
        ("Safety officers", 40),
        ("Works council", 50),
    ];

    /// <summary>One person as the body of a POST.</summary>
    /// <param name="number">From 0.</param>
    /// <param name="domain">The provider's email domain.</param>
    /// <param name="organizationId">An organization the provider may place people in.</param>
    public static JsonObject Person(int number, string domain, int organizationId, bool mayBeTechnician)
    {
        var given = GivenNames[number % GivenNames.Length];
        var family = FamilyNames[number / GivenNames.Length % FamilyNames.Length];
        var email = $"{given}.{family}@{domain}".ToLowerInvariant();
        return new JsonObject
        {
            ["schemas"] = new JsonArray(SchemaUrns.User, SchemaUrns.EnterpriseUser, SchemaUrns.NinjaOneUser),
            ["userName"] = email,
            ["externalId"] = $"demo-{number:0000}",
            ["name"] = new JsonObject { ["givenName"] = given, ["familyName"] = family },
            ["displayName"] = $"{given} {family}",
            ["title"] = Titles[number % Titles.Length],
            ["active"] = number % InactiveEvery != InactiveEvery - 1,
            ["emails"] = new JsonArray(
                new JsonObject
                {
                    ["value"] = email,
                    ["type"] = "work",
                    ["primary"] = true,
                }
            ),
            [SchemaUrns.EnterpriseUser] = new JsonObject { ["department"] = Departments[number % Departments.Length] },
            [SchemaUrns.NinjaOneUser] = new JsonObject
            {
                ["userType"] = mayBeTechnician && number % TechnicianEvery == 0 ? "Technician" : "endUser",
                ["organizationId"] = organizationId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            },
        };
    }

    /// <summary>One group as the body of a POST.</summary>
    public static JsonObject Group(string name, IEnumerable<Guid> members) =>
        new()
        {
            ["schemas"] = new JsonArray(SchemaUrns.Group),
            ["displayName"] = name,
            ["externalId"] = $"demo-{name.ToLowerInvariant().Replace(' ', '-')}",
            ["members"] = new JsonArray([.. members.Select(id => new JsonObject { ["value"] = id.ToString() })]),
        };
}
