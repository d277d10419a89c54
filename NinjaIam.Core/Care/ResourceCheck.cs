using System.Text.Json;
using System.Text.Json.Nodes;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Care;

/// <summary>Whether columns, search values, unique keys and the account of a resource are what its document says.</summary>
internal static class ResourceCheck
{
    public static async Task RunAsync(VerificationRun run, SchemaRegistry schemas)
    {
        await using var statement = run.Statement(
            """
            SELECT r.seq, r.id, r.provider, r.type, r.name_key, r.external_id, r.active, r.deleted_at IS NULL, r.doc,
                p."ScimEnabled" AND p."PausedAt" IS NULL, a."Kind", a."ProviderId", a."DeletedAt" IS NULL, a."UserName",
                a."NormalizedUserName", a."Email", a."DisplayName", a."GivenName", a."FamilyName", a."Active", a."SearchKey", a."MayDiffer"
            FROM resources r LEFT JOIN providers p ON p."Id" = r.provider LEFT JOIN accounts a ON a."Id" = r.id AND r.type = $user
            ORDER BY r.seq
            """,
            ("$user", BuiltInResourceTypes.User.Name)
        );
        await using var rows = await statement.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var resource = new Resource(run, rows);
            await (rows.GetBoolean(7) ? CheckLiveAsync(resource, schemas) : CheckDeletedAsync(resource));
            await run.CheckedAsync();
        }
    }

    private static async Task CheckLiveAsync(Resource resource, SchemaRegistry schemas)
    {
        var rows = resource.Row;
        if (schemas.FindByName(resource.Type) is not { } type)
        {
            await resource.FoundAsync("is of a type that does not exist");
            return;
        }

        ResourceContent content;
        ManagedNames? names = null;
        try
        {
            var document = JsonNode.Parse(rows.GetString(8))?.AsObject() ?? [];
            if (type.NameAttribute is { } called)
            {
                document[called.Name] ??= "";
            }

            if (type.HasMembers)
            {
                var name = new UniqueKey(SearchContent.GroupName, TextKey.Of(document["displayName"]!.GetValue<string>()));
                content = SearchContent.Of(type, document, [name]);
            }
            else if (type.HasAccounts)
            {
                var state = UserState.Of(type, document, rows.GetBoolean(6));
                (content, names) = (state.Content, state.Names);
            }
            else
            {
                content = SearchContent.Of(type, document, []);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            await resource.FoundAsync("has a document that can't be read");
            return;
        }

        await CompareAsync(resource, "name_key", rows.GetString(4), content.NameKey);
        await CompareAsync(resource, "external_id", rows.GetText(5), content.ExternalId);
        await CompareAsync(resource, "active", rows.GetBoolean(6), content.Active);
        await CheckValuesAsync(resource, content.Values);
        await CheckUniqueKeysAsync(resource, content.UniqueKeys);
        if (names is not null)
        {
            await CheckAccountAsync(resource, names);
        }
    }

    private static async Task CheckDeletedAsync(Resource resource)
    {
        if (resource.Row.GetBoolean(6))
        {
            await resource.FoundAsync("is deleted and still active");
        }

        await CheckValuesAsync(resource, []);
        await CheckUniqueKeysAsync(resource, []);
        if (resource.HasAccount && resource.Row.GetBoolean(12))
        {
            await resource.FoundAsync("is deleted, but its account is not");
        }
    }

    private static async Task CheckValuesAsync(Resource resource, IReadOnlyList<SearchValue> values)
    {
        var missing = values.ToHashSet();
        await using var statement = resource.Run.Statement(
            "SELECT attribute, key, ordinal, type, is_primary FROM resource_values WHERE seq = $seq",
            ("$seq", resource.Seq)
        );
        await using var rows = await statement.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var found = new SearchValue(rows.GetString(0), rows.GetString(1), rows.GetInt32(2), rows.GetText(3), rows.GetBoolean(4));
            if (!missing.Remove(found))
            {
                await resource.FoundAsync($"is found by a value of {found.Attribute} that its document does not have");
            }
        }

        foreach (var value in missing)
        {
            await resource.FoundAsync($"is not found by a value of {value.Attribute} that its document has");
        }
    }

    private static async Task CheckUniqueKeysAsync(Resource resource, IReadOnlyList<UniqueKey> keys)
    {
        var missing = keys.ToHashSet();
        await using var statement = resource.Run.Statement(
            "SELECT attribute, key, scope FROM resource_unique WHERE seq = $seq",
            ("$seq", resource.Seq)
        );
        await using var rows = await statement.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var isGlobal = rows.GetId(2) == Guid.Empty;
            if (
                !missing.Remove(new UniqueKey(rows.GetString(0), rows.GetString(1), isGlobal))
                || (!isGlobal && rows.GetId(2) != resource.Provider)
            )
            {
                await resource.FoundAsync($"keeps others from using a {rows.GetString(0)} that its document does not have");
            }
        }

        // Of groups with equal names, where those are or were allowed, at most one has the key.
        foreach (var key in missing.Where(key => key.Attribute != SearchContent.GroupName))
        {
            await resource.FoundAsync($"does not keep others from using its {key.Attribute}");
        }
    }

    private static async Task CheckAccountAsync(Resource resource, ManagedNames names)
    {
        var rows = resource.Row;
        if (!resource.HasAccount)
        {
            await resource.FoundAsync("has no account");
            return;
        }

        // A promoted administrator is no longer SCIM's to change.
        if ((AccountKind)rows.GetInt32(10) == AccountKind.SystemAdministrator)
        {
            return;
        }

        if (rows.IsDBNull(11) || rows.GetId(11) != resource.Provider)
        {
            await resource.FoundAsync("has an account that another provider, or nobody, manages");
        }

        if (!rows.GetBoolean(12))
        {
            await resource.FoundAsync("has an account that is deleted");
        }

        // While SCIM is off, administrators change the account and the document stays, which is marked.
        if (rows.GetBoolean(21) && (rows.IsDBNull(9) || !rows.GetBoolean(9)))
        {
            return;
        }

        await CompareAsync(resource, "UserName of the account", rows.GetText(13), names.UserName);
        await CompareAsync(resource, "NormalizedUserName of the account", rows.GetText(14), names.NameKey);
        await CompareAsync(resource, "Email of the account", rows.GetText(15), names.Email);
        await CompareAsync(resource, "DisplayName of the account", rows.GetText(16), names.DisplayName);
        await CompareAsync(resource, "GivenName of the account", rows.GetText(17), names.GivenName);
        await CompareAsync(resource, "FamilyName of the account", rows.GetText(18), names.FamilyName);
        await CompareAsync(resource, "Active of the account", rows.GetBoolean(19), names.Active);
        await CompareAsync(resource, "SearchKey of the account", rows.GetText(20), names.SearchKey);
    }

    private static Task CompareAsync<T>(Resource resource, string column, T stored, T said) =>
        EqualityComparer<T>.Default.Equals(stored, said)
            ? Task.CompletedTask
            : resource.FoundAsync($"has a document that says something else than {column}");

    /// <summary>The row that is looked at.</summary>
    private readonly record struct Resource(VerificationRun Run, SqlRows Row)
    {
        public long Seq => Row.GetInt64(0);

        public Guid Provider => Row.GetId(2);

        public string Type => Row.GetString(3);

        public bool HasAccount => !Row.IsDBNull(10);

        public Task FoundAsync(string what) => Run.FoundAsync($"{Type} {Row.GetId(1)} {what}.");
    }
}
