using System.Text.Json.Nodes;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning.Adoption;

/// <summary>What becomes of a request about somebody who is kept by hand.</summary>
internal enum AdoptionAnswer
{
    Adopt,
    Ask,
    Refuse,
}

/// <summary>
/// Somebody who is kept by hand and whose email lies in the domains of a provider, with all that decides whether the provider may take the
/// person over. System administrators and the people of other providers never are one.
/// </summary>
internal sealed record AdoptableAccount(
    Guid Id,
    string UserName,
    string? Email,
    string? DisplayName,
    string? GivenName,
    string? FamilyName,
    AccountKind Kind,
    string? Organizations,
    DateTimeOffset CreatedAt,
    AdoptionAnswer Answer
)
{
    /// <summary>The version that an answer shows of somebody who was not taken over yet.</summary>
    public const long Version = 0;

    private const string Columns = """
        SELECT a."Id", a."UserName", a."Email", a."DisplayName", a."GivenName", a."FamilyName", a."Kind", a."CreatedAt",
            CASE WHEN a."AllOrganizations" THEN 'All' ELSE (SELECT group_concat("OrganizationId") FROM (
                SELECT o."OrganizationId" FROM account_organizations o WHERE o."AccountId" = a."Id" ORDER BY o."OrganizationId")) END,
            p."AdoptionPolicy", d."DecidedAt" IS NOT NULL, COALESCE(d."IsApproved", 0),
            EXISTS (SELECT 1 FROM role_grants g WHERE g."AccountId" = a."Id"),
            (a."Kind" = 1 AND NOT p."MayCreateTechnicians") OR (NOT p."AllOrganizations" AND (a."AllOrganizations" OR EXISTS (
                SELECT 1 FROM account_organizations o WHERE o."AccountId" = a."Id" AND o."OrganizationId" NOT IN (
                    SELECT b."OrganizationId" FROM provider_organizations b WHERE b."ProviderId" = p."Id")))),
            a."NormalizedUserName" = $name
        FROM accounts a JOIN providers p ON p."Id" = $provider
        LEFT JOIN adoption_requests d ON d."AccountId" = a."Id" AND d."ProviderId" = p."Id"
        WHERE a."ProviderId" IS NULL AND a."Kind" <> 2 AND a."DeletedAt" IS NULL
        """;

    /// <summary>What people call the person.</summary>
    public string Name => AccountName.Of(DisplayName, GivenName, FamilyName, UserName);

    /// <summary>Whom a user name stands for, else an address that is one person's only; or null.</summary>
    public static Task<AdoptableAccount?> FindAsync(StatementSource source, Guid provider, string? userName, string? email) =>
        FirstAsync(
            source,
            provider,
            """ AND (a."NormalizedUserName" = $name OR a."NormalizedEmail" = $email)""",
            ("$name", KeyOf(userName)),
            ("$email", KeyOf(email))
        );

    public static Task<AdoptableAccount?> FindAsync(StatementSource source, Guid provider, Guid id) =>
        FirstAsync(source, provider, """ AND a."Id" = $id""", ("$name", null), ("$id", id));

    /// <summary>Those of the ids that are accounts which no provider manages: few of what a client may send at once.</summary>
    public static async Task<IReadOnlyList<Guid>> KeptByHandAsync(StatementSource source, IReadOnlyCollection<Guid> ids)
    {
        var found = new List<Guid>();
        foreach (var part in ResourceSets.Parts(ids))
        {
            await using var statement = source(
                $"""SELECT "Id" FROM accounts WHERE "Id" IN ({ResourceSets.Names(part.Length)}) AND "ProviderId" IS NULL""",
                ResourceSets.Parameters(part)
            );
            await using var rows = await statement.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                found.Add(rows.GetId(0));
            }
        }

        return found;
    }

    /// <summary>The person as SCIM shows them: the values that an adoption begins with. Type and organizations stay the portal's.</summary>
    public JsonObject Document(ResourceType type)
    {
        var document = new JsonObject { ["userName"] = UserName, ["active"] = true };
        if (DisplayName is not null)
        {
            document["displayName"] = DisplayName;
        }

        var name = new JsonObject();
        if (FamilyName is not null)
        {
            name["familyName"] = FamilyName;
        }

        if (GivenName is not null)
        {
            name["givenName"] = GivenName;
        }

        if (name.Count > 0)
        {
            document["name"] = name;
        }

        if (Email is not null)
        {
            document["emails"] = new JsonArray(
                new JsonObject
                {
                    ["value"] = Email,
                    ["type"] = "work",
                    ["primary"] = true,
                }
            );
        }

        return ResourceDocument.InOrder(type, document);
    }

    /// <summary>
    /// What is stored of a request that takes the person over: the login name stays, and of type and organizations, where the request has
    /// them, what holds here. A later request may change all three.
    /// </summary>
    public JsonObject Kept(ResourceType type, JsonObject wanted)
    {
        wanted["userName"] = UserName;
        if (wanted[SchemaUrns.NinjaOneUser] is JsonObject extension)
        {
            if (extension.ContainsKey("userType"))
            {
                extension["userType"] = Kind == AccountKind.Technician ? "Technician" : "endUser";
            }

            if (extension.Remove("organizationId") && Organizations is not null)
            {
                extension["organizationId"] = Organizations;
            }

            if (extension.Count == 0)
            {
                wanted.Remove(SchemaUrns.NinjaOneUser);
            }
        }

        return ResourceDocument.InOrder(type, wanted);
    }

    /// <summary>The policy of the product's rule 26, and what an administrator decided about this person.</summary>
    /// <param name="isOutside">The provider could not have created the person so: technicians or organizations beyond its boundary.</param>
    private static AdoptionAnswer Decide(
        AdoptionPolicy policy,
        bool isDecided,
        bool isApproved,
        AccountKind kind,
        bool hasRoles,
        bool isOutside
    ) =>
        policy == AdoptionPolicy.Nobody ? AdoptionAnswer.Refuse
        : isDecided ? (isApproved ? AdoptionAnswer.Adopt : AdoptionAnswer.Refuse)
        : policy == AdoptionPolicy.Ask || isOutside ? AdoptionAnswer.Ask
        : policy == AdoptionPolicy.Everybody || (kind == AccountKind.EndUser && !hasRoles) ? AdoptionAnswer.Adopt
        : AdoptionAnswer.Ask;

    private static async Task<AdoptableAccount?> FirstAsync(
        StatementSource source,
        Guid provider,
        string condition,
        params (string Name, object? Value)[] parameters
    )
    {
        var found = new List<(AdoptableAccount Account, bool IsNamed)>();
        await using (var statement = source(Columns + condition, [("$provider", provider), .. parameters]))
        {
            await using var rows = await statement.ExecuteReaderAsync();
            // Two of one address are told apart by nothing but the name.
            while (found.Count < 3 && await rows.ReadAsync())
            {
                found.Add((Read(rows), !rows.IsDBNull(14) && rows.GetBoolean(14)));
            }
        }

        var chosen = found.Find(row => row.IsNamed).Account ?? (found.Count == 1 ? found[0].Account : null);
        return
            chosen is not null
            && await OwnerAsync(source, EmailDomain.Of(chosen.Email ?? chosen.UserName)) == provider
            && (await OwnerAsync(source, EmailDomain.Of(chosen.UserName)) ?? provider) == provider
            ? chosen
            : null;
    }

    private static async Task<Guid?> OwnerAsync(StatementSource source, string? domain)
    {
        if (domain is null)
        {
            return null;
        }

        await using var statement = source("""SELECT "ProviderId" FROM provider_domains WHERE "Domain" = $domain""", ("$domain", domain));
        await using var rows = await statement.ExecuteReaderAsync();
        return await rows.ReadAsync() ? rows.GetId(0) : null;
    }

    private static AdoptableAccount Read(SqlRows rows)
    {
        var kind = (AccountKind)rows.GetInt32(6);
        return new AdoptableAccount(
            rows.GetId(0),
            rows.GetText(1) ?? "",
            rows.GetText(2),
            rows.GetText(3),
            rows.GetText(4),
            rows.GetText(5),
            kind,
            rows.GetText(8),
            rows.GetInstant(7),
            Decide(
                (AdoptionPolicy)rows.GetInt32(9),
                rows.GetBoolean(10),
                rows.GetBoolean(11),
                kind,
                hasRoles: rows.GetBoolean(12),
                isOutside: rows.GetBoolean(13)
            )
        );
    }

    private static string? KeyOf(string? text) => string.IsNullOrEmpty(text) ? null : TextKey.Of(text);
}
