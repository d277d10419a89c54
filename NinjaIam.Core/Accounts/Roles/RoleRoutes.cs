namespace NinjaIam.Core.Accounts.Roles;

/// <summary>
/// Who has which role, as SQL. This is the one place that decides it; <see cref="EffectiveRole"/> is its row. Ask it for accounts, for roles or
/// for a kind of role: each of these goes by indexes. Without the plus signs SQLite would begin at everybody of a kind.
/// </summary>
internal static class RoleRoutes
{
    public const string View = "effective_roles";

    /// <summary>Everybody's roles by every way; run by the migrations.</summary>
    public static string Create { get; } =
        $"""
            CREATE VIEW {View} AS
            SELECT g."AccountId", g."RoleId", r."Kind", 0 AS "Route", NULL AS "MappingId"
            FROM role_grants g JOIN accounts a ON a."Id" = g."AccountId" JOIN roles r ON r."Id" = g."RoleId" AND r."Kind" = +a."Kind"
            WHERE g."WaitingSince" IS NULL
            UNION ALL
            {ByMappings("role_mappings")}
            """;

    public const string Drop = $"DROP VIEW {View};";

    /// <summary>Roles by mappings.</summary>
    /// <param name="mappings">A table of them, or a query with its columns in parentheses.</param>
    /// <param name="kinds">How the kind of the role and of the person compare; others than equal ones have no role by it.</param>
    public static string ByMappings(string mappings, string kinds = "=") =>
        $"""
            SELECT a."Id" AS "AccountId", m."RoleId", r."Kind", 1 AS "Route", m."Id" AS "MappingId"
            FROM {mappings} m JOIN resources g ON g.id = m."GroupId" JOIN members x ON x.group_seq = g.seq
            JOIN resources p ON p.seq = x.member_seq JOIN accounts a ON a."Id" = p.id
            JOIN roles r ON r."Id" = m."RoleId" AND r."Kind" {kinds} +a."Kind"
            UNION ALL
            SELECT a."Id" AS "AccountId", m."RoleId", r."Kind", 2 AS "Route", m."Id" AS "MappingId"
            FROM {mappings} m CROSS JOIN resources p ON p.provider = m."ProviderId" AND p.type = 'User' AND p.deleted_at IS NULL
            JOIN accounts a ON a."Id" = p.id JOIN roles r ON r."Id" = m."RoleId" AND r."Kind" {kinds} +a."Kind"
            WHERE m."Attribute" IS NOT NULL AND CASE
                WHEN m."ListPath" IS NULL THEN lower(json_extract(p.doc, m."ValuePath")) = lower(m."Value")
                ELSE EXISTS (SELECT 1 FROM json_each(p.doc, m."ListPath") e
                    WHERE lower(CASE e.type WHEN 'object' THEN json_extract(e.value, m."ValuePath") ELSE e.value END) = lower(m."Value"))
                END
            """;
}
