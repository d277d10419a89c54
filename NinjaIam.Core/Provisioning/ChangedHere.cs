using System.Globalization;
using System.Text.Json.Nodes;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>A value that was changed here while SCIM was off or paused.</summary>
/// <param name="Attribute">Its SCIM name; of the extension by the name alone.</param>
/// <param name="Here">What holds here; null for nothing.</param>
/// <param name="Theirs">What the identity provider says.</param>
public sealed record ChangedHereValue(string Attribute, string? Here, string? Theirs);

/// <summary>Somebody who was changed here while SCIM was off or paused.</summary>
public sealed record ChangedHerePerson(Guid Id, string Name, string UserName, IReadOnlyList<ChangedHereValue> Values);

/// <summary>
/// Finds the people whose account says something else than their document. Stored is only who may differ (<see cref="User.MayDiffer"/>);
/// what differs is computed, so that what was put back by hand is no difference any more.
/// </summary>
internal static class ChangedHere
{
    // The address that is chosen here is the one that UserProjection chooses.
    private const string From = $"""
        FROM accounts a JOIN resources r ON r.id = a."Id"
        WHERE a."ProviderId" = $provider AND a."MayDiffer" = 1 AND r.type = 'User' AND r.deleted_at IS NULL AND a."Kind" <> 2 AND (
            a."Active" <> r.active
            OR a."UserName" IS NOT json_extract(r.doc, '$.userName')
            OR a."DisplayName" IS NOT json_extract(r.doc, '$.displayName')
            OR a."GivenName" IS NOT json_extract(r.doc, '$.name.givenName')
            OR a."FamilyName" IS NOT json_extract(r.doc, '$.name.familyName')
            OR a."Email" IS NOT (
                SELECT json_extract(e.value, '$.value') FROM json_each(r.doc, '$.emails') e WHERE json_extract(e.value, '$.value') <> ''
                ORDER BY COALESCE(json_extract(e.value, '$.primary'), 0) DESC,
                    COALESCE(lower(json_extract(e.value, '$.type')) = 'work', 0) DESC, e.key LIMIT 1)
            OR a."Kind" <> CASE json_extract(r.doc, '$."{SchemaUrns.NinjaOneUser}".userType')
                WHEN 'Technician' THEN 1 WHEN 'endUser' THEN 0 ELSE a."Kind" END
            OR ({Sent} IS NOT NULL AND CASE
                WHEN instr(lower({Sent}), 'all') > 0 THEN a."AllOrganizations" = 0
                WHEN a."AllOrganizations" THEN 1
                WHEN NOT json_valid({Numbers}) THEN 0
                ELSE EXISTS (SELECT value FROM json_each({Numbers}) EXCEPT {Places}) OR EXISTS ({Places} EXCEPT SELECT value FROM json_each({Numbers}))
                END)
        )
        """;

    private const string Sent = $"NULLIF(trim(json_extract(r.doc, '$.\"{SchemaUrns.NinjaOneUser}\".organizationId')), '')";

    private const string Numbers = $"'[' || trim(replace({Sent}, ';', ','), ', ') || ']'";

    private const string Places = "SELECT o.\"OrganizationId\" FROM account_organizations o WHERE o.\"AccountId\" = a.\"Id\"";

    public static async Task<int> CountAsync(StatementSource source, Guid provider)
    {
        await using var statement = source($"SELECT COUNT(*) {From}", ("$provider", provider));
        return Convert.ToInt32(await statement.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>By user name.</summary>
    public static async Task<List<ChangedHerePerson>> ListAsync(StatementSource source, Guid provider, int skip, int take)
    {
        await using var statement = source(
            $"{Columns} {From} ORDER BY a.\"NormalizedUserName\", a.\"Id\" LIMIT $take OFFSET $skip",
            ("$provider", provider),
            ("$take", take),
            ("$skip", skip)
        );
        return await ReadAsync(statement);
    }

    /// <summary>One of them, or null for somebody who is as their identity provider says.</summary>
    public static async Task<ChangedHerePerson?> FindAsync(StatementSource source, Guid provider, Guid id)
    {
        await using var statement = source($"{Columns} {From} AND a.\"Id\" = $id", ("$provider", provider), ("$id", id));
        return (await ReadAsync(statement)).SingleOrDefault();
    }

    private const string Columns = """
        SELECT a."Id", a."DisplayName", a."GivenName", a."FamilyName", a."UserName", a."Email", a."Active", a."Kind", a."AllOrganizations",
            r.doc, r.active, (SELECT group_concat("OrganizationId") FROM (
                SELECT o."OrganizationId" FROM account_organizations o WHERE o."AccountId" = a."Id" ORDER BY o."OrganizationId"))
        """;

    private static async Task<List<ChangedHerePerson>> ReadAsync(SqlStatement statement)
    {
        var people = new List<ChangedHerePerson>();
        await using var rows = await statement.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var userName = rows.GetText(4) ?? "";
            var theirs = UserProjection.Of(JsonNode.Parse(rows.GetString(9))!.AsObject(), rows.GetBoolean(10));
            var values = new List<ChangedHereValue>();
            Compare("userName", userName, theirs.UserName);
            Compare("displayName", rows.GetText(1), theirs.DisplayName);
            Compare("name.givenName", rows.GetText(2), theirs.GivenName);
            Compare("name.familyName", rows.GetText(3), theirs.FamilyName);
            Compare("emails", rows.GetText(5), theirs.Email);
            Compare("active", TextOf(rows.GetBoolean(6)), TextOf(theirs.Active));
            if (theirs.Kind is { } kind)
            {
                Compare("userType", TextOf((AccountKind)rows.GetInt32(7)), TextOf(kind));
            }

            if (theirs.OrganizationId is { } sent && IsOther(sent, rows.GetBoolean(8), rows.GetText(11)))
            {
                values.Add(new ChangedHereValue("organizationId", rows.GetBoolean(8) ? "All" : rows.GetText(11), sent));
            }

            people.Add(
                new ChangedHerePerson(
                    rows.GetId(0),
                    AccountName.Of(rows.GetText(1), rows.GetText(2), rows.GetText(3), userName),
                    userName,
                    values
                )
            );

            void Compare(string attribute, string? here, string? there)
            {
                if (here != there)
                {
                    values.Add(new ChangedHereValue(attribute, here, there));
                }
            }
        }

        return people;
    }

    private static bool IsOther(string sent, bool all, string? places) =>
        sent.Contains("all", StringComparison.OrdinalIgnoreCase) ? !all : all || !Numbered(sent).SetEquals(Numbered(places ?? ""));

    private static HashSet<string> Numbered(string list) =>
        [.. list.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static string TextOf(bool value) => value ? "true" : "false";

    private static string TextOf(AccountKind kind) => kind == AccountKind.Technician ? "Technician" : "endUser";
}
