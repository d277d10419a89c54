using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

/// <summary>What SCIM may set of an account: a projection of the stored document.</summary>
/// <param name="NameKey">Key of the user name; see <see cref="TextKey"/>.</param>
internal sealed record ManagedNames(
    string UserName,
    string NameKey,
    string? Email,
    string? DisplayName,
    string? GivenName,
    string? FamilyName,
    bool Active
)
{
    public string Name => AccountName.Of(DisplayName, GivenName, FamilyName, UserName);

    public string SearchKey => TextKey.Of(AccountName.SearchText(UserName, Email, Name, GivenName, FamilyName));
}

/// <summary>As much of an account as a decision about it needs.</summary>
/// <param name="NameKey">Null once the person was deleted.</param>
internal sealed record AccountState(Guid Id, AccountKind Kind, Guid? ProviderId, string? NameKey, string Name);

/// <summary>
/// The account rows of people whom SCIM manages, by statements: a first full sync writes as many as the disk can take. Each write sets a
/// new concurrency stamp, so that whoever read the row before must read it again.
/// </summary>
internal static class ManagedAccounts
{
    private const string Columns = """
        SELECT "Id", "Kind", "ProviderId", "NormalizedUserName", "DisplayName", "GivenName", "FamilyName", "UserName" FROM accounts
        """;

    /// <summary>The account with this id; there must be one.</summary>
    public static async Task<AccountState> ByIdAsync(WriteScope scope, Guid id) =>
        await FirstAsync(scope.Statement($"""{Columns} WHERE "Id" = $id""", ("$id", id)))
        ?? throw new InvalidOperationException("A managed person has no account.");

    /// <summary>Who has a user name now, in the whole installation, or null.</summary>
    public static Task<AccountState?> ByNameAsync(WriteScope scope, string nameKey) =>
        FirstAsync(scope.Statement($"""{Columns} WHERE "NormalizedUserName" = $key""", ("$key", nameKey)));

    public static async Task InsertAsync(
        WriteScope scope,
        Guid id,
        Guid provider,
        AccountKind kind,
        bool allOrganizations,
        ManagedNames names
    )
    {
        await using var statement = scope.Statement(
            """
            INSERT INTO accounts("Id", "Kind", "GivenName", "FamilyName", "DisplayName", "ProviderId", "Active", "Blocked", "DeletedAt",
                "CreatedAt", "AllOrganizations", "SearchKey", "UserName", "NormalizedUserName", "Email", "NormalizedEmail",
                "EmailConfirmed", "SecurityStamp", "ConcurrencyStamp", "PhoneNumberConfirmed", "TwoFactorEnabled", "AccessFailedCount", "MayDiffer")
            VALUES ($id, $kind, $given, $family, $display, $provider, $active, 0, NULL, $now, $all, $search, $name, $key, $email, $emailKey,
                1, $security, $stamp, 0, 0, 0, 0)
            """,
            ("$id", id),
            ("$kind", kind),
            ("$given", names.GivenName),
            ("$family", names.FamilyName),
            ("$display", names.DisplayName),
            ("$provider", provider),
            ("$active", names.Active),
            ("$now", scope.Now),
            ("$all", allOrganizations),
            ("$search", names.SearchKey),
            ("$name", names.UserName),
            ("$key", names.NameKey),
            ("$email", names.Email),
            ("$emailKey", KeyOf(names.Email)),
            ("$security", NewStamp()),
            ("$stamp", NewStamp())
        );
        await statement.ExecuteNonQueryAsync();
    }

    /// <summary>Projects a new state of the document. A deleted person lives again.</summary>
    /// <param name="kind">Null leaves the kind as it is.</param>
    /// <param name="allOrganizations">Null leaves it as it is.</param>
    public static async Task UpdateAsync(WriteScope scope, Guid id, ManagedNames names, AccountKind? kind, bool? allOrganizations)
    {
        await using var statement = scope.Statement(
            """
            UPDATE accounts SET "Kind" = COALESCE($kind, "Kind"), "GivenName" = $given, "FamilyName" = $family, "DisplayName" = $display,
                "Active" = $active, "DeletedAt" = NULL, "AllOrganizations" = COALESCE($all, "AllOrganizations"), "SearchKey" = $search,
                "UserName" = $name, "NormalizedUserName" = $key, "Email" = $email, "NormalizedEmail" = $emailKey, "EmailConfirmed" = 1,
                "MayDiffer" = 0, "ConcurrencyStamp" = $stamp
            WHERE "Id" = $id
            """,
            ("$id", id),
            ("$kind", kind),
            ("$given", names.GivenName),
            ("$family", names.FamilyName),
            ("$display", names.DisplayName),
            ("$active", names.Active),
            ("$all", allOrganizations),
            ("$search", names.SearchKey),
            ("$name", names.UserName),
            ("$key", names.NameKey),
            ("$email", names.Email),
            ("$emailKey", KeyOf(names.Email)),
            ("$stamp", NewStamp())
        );
        await statement.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// A provider takes over somebody who was kept by hand: from here on its document is projected, and what they signed in with is gone.
    /// Kind, organizations, roles and what is the person's own stay.
    /// </summary>
    public static async Task AdoptAsync(WriteScope scope, Guid id, Guid provider, ManagedNames names)
    {
        await UpdateAsync(scope, id, names, kind: null, allOrganizations: null);
        await using var statement = scope.Statement(
            """
            UPDATE accounts SET "ProviderId" = $provider, "PasswordHash" = NULL, "PasswordSetAt" = NULL, "TwoFactorEnabled" = 0, "SecurityStamp" = $security,
                "InvitationDigest" = NULL, "InvitationExpiresAt" = NULL, "MayDiffer" = 1
            WHERE "Id" = $id
            """,
            ("$id", id),
            ("$provider", provider),
            ("$security", NewStamp())
        );
        await statement.ExecuteNonQueryAsync();
        await ForgetFactorsAsync(scope, id);
    }

    /// <summary>What somebody signed in with beside the password is gone.</summary>
    internal static async Task ForgetFactorsAsync(WriteScope scope, Guid id)
    {
        foreach (var table in (string[])["second_factors", "recovery_codes", "passkeys", "password_links"])
        {
            await using var statement = scope.Statement($"""DELETE FROM {table} WHERE "AccountId" = $id""", ("$id", id));
            await statement.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Says that the account was left with something that its document does not say. See <see cref="User.MayDiffer"/>.</summary>
    public static async Task MarkAsync(WriteScope scope, Guid id)
    {
        await using var statement = scope.Statement("""UPDATE accounts SET "MayDiffer" = 1 WHERE "Id" = $id""", ("$id", id));
        await statement.ExecuteNonQueryAsync();
    }

    /// <summary>The account stays, inactive, and its user name is free.</summary>
    public static async Task DeleteAsync(WriteScope scope, Guid id)
    {
        await using var statement = scope.Statement(
            """
            UPDATE accounts SET "Active" = 0, "DeletedAt" = $now, "NormalizedUserName" = NULL, "TwoFactorEnabled" = 0, "ConcurrencyStamp" = $stamp
            WHERE "Id" = $id
            """,
            ("$id", id),
            ("$now", scope.Now),
            ("$stamp", NewStamp())
        );
        await statement.ExecuteNonQueryAsync();

        // Whoever comes back under this id has to set up their own.
        await ForgetFactorsAsync(scope, id);
    }

    /// <summary>The organizations of a person are exactly these.</summary>
    public static async Task PlaceAsync(WriteScope scope, Guid id, IReadOnlyCollection<int> organizations, bool isNew)
    {
        if (!isNew)
        {
            await using var remove = scope.Statement("""DELETE FROM account_organizations WHERE "AccountId" = $id""", ("$id", id));
            await remove.ExecuteNonQueryAsync();
        }

        foreach (var organization in organizations)
        {
            await using var add = scope.Statement(
                """INSERT INTO account_organizations("AccountId", "OrganizationId") VALUES ($id, $organization)""",
                ("$id", id),
                ("$organization", organization)
            );
            await add.ExecuteNonQueryAsync();
        }
    }

    private static async Task<AccountState?> FirstAsync(SqlStatement statement)
    {
        await using (statement)
        {
            await using var rows = await statement.ExecuteReaderAsync();
            return await rows.ReadAsync()
                ? new AccountState(
                    rows.GetId(0),
                    (AccountKind)rows.GetInt32(1),
                    rows.IsDBNull(2) ? null : rows.GetId(2),
                    rows.GetText(3),
                    AccountName.Of(rows.GetText(4), rows.GetText(5), rows.GetText(6), rows.GetText(7))
                )
                : null;
        }
    }

    private static string? KeyOf(string? text) => text is null ? null : TextKey.Of(text);

    private static string NewStamp() => Guid.NewGuid().ToString("N");
}
