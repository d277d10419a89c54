using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts.Roles;

/// <summary>What becomes of roles that were given by hand when an identity provider changes whose they are.</summary>
internal static class GrantsOfManaged
{
    /// <summary>Takes the roles of every other kind away, for good, and answers their names (the product's rule 33).</summary>
    public static async Task<IReadOnlyList<string>> TakeOtherKindsAsync(WriteScope scope, Guid account, AccountKind kind)
    {
        var names = new List<string>();
        await using (
            var held = scope.Statement(
                """
                SELECT r."Name" FROM role_grants g JOIN roles r ON r."Id" = g."RoleId"
                WHERE g."AccountId" = $account AND r."Kind" <> $kind ORDER BY r."NormalizedName"
                """,
                ("$account", account),
                ("$kind", kind)
            )
        )
        {
            await using var rows = await held.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                names.Add(rows.GetString(0));
            }
        }

        if (names.Count > 0)
        {
            await using var take = scope.Statement(
                """
                DELETE FROM role_grants WHERE "AccountId" = $account
                    AND "RoleId" IN (SELECT r."Id" FROM roles r WHERE r."Kind" <> $kind)
                """,
                ("$account", account),
                ("$kind", kind)
            );
            await take.ExecuteNonQueryAsync();
        }

        return names;
    }

    /// <summary>Somebody who was deleted comes back without them, until an administrator gives them again.</summary>
    public static async Task LetWaitAsync(WriteScope scope, Guid account)
    {
        await using var statement = scope.Statement(
            """UPDATE role_grants SET "WaitingSince" = $now WHERE "AccountId" = $account AND "WaitingSince" IS NULL""",
            ("$account", account),
            ("$now", scope.Now)
        );
        await statement.ExecuteNonQueryAsync();
    }
}
