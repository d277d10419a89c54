using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;
using NinjaIam.Tests.Core.Scim;

namespace NinjaIam.Tests.Core.Provisioning;

/// <summary>The tables of the directory in memory, written and read by the product's own statements. Nothing is ever committed.</summary>
internal sealed class StoredDirectory : IDisposable
{
    public static readonly Guid Provider = Guid.Parse("0198f0aa-0000-7000-8000-000000000001");
    private static readonly Guid Stranger = Guid.Parse("0198f0aa-0000-7000-8000-000000000002");
    private static readonly DateTimeOffset Start = new(2025, 12, 31, 23, 59, 59, 999, TimeSpan.Zero);

    private readonly SqliteConnection _connection = new("Data Source=:memory:;Foreign Keys=False");
    private readonly PreparedStatements _statements;
    private SqliteTransaction? _transaction;

    public StoredDirectory()
    {
        _connection.Open();
        _statements = new PreparedStatements(_connection);
        FilterFunctions.Register(_connection);
        _connection.RunScript(DirectorySchema.Create);
    }

    public void Dispose()
    {
        _transaction?.Dispose();
        _statements.Dispose();
        _connection.Dispose();
    }

    /// <summary>Replaces everything by these documents, some of them with a past, among what belongs to others.</summary>
    public async Task<IReadOnlyList<JsonObject>> StoreAsync(ResourceType type, IReadOnlyList<string> documents)
    {
        _transaction?.Dispose();
        _transaction = _connection.BeginTransaction();
        var answers = new List<JsonObject>();
        for (var index = 0; index < documents.Count; index++)
        {
            var document = Json.Object(documents[index]);
            var before = Json.Object(documents[^1]);
            var now = Start.AddTicks(index * 4_000);
            var scope = ScopeAt(now);
            if (index == 0)
            {
                await InsertAsync(scope, Stranger, type.Name, type, document);
                await InsertAsync(scope, Provider, "Other", type, document);
            }

            var row = await InsertAsync(scope, Provider, type.Name, type, index % 2 == 0 ? document : before);
            if (index % 2 == 1)
            {
                scope = ScopeAt(now.AddTicks(7_000));
                row = await ResourceWrites.UpdateAsync(
                    scope,
                    row,
                    SearchContent.Of(type, before, []),
                    SearchContent.Of(type, document, [])
                );
            }

            answers.Add(AnswerOf(type, row, document));
        }

        return answers;
    }

    /// <summary>The ids that SQL finds, in the order of the list.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(FilterExpression filter, ResourceType type)
    {
        var condition = Json.Done(FilterTranslator.Translate(filter, type));
        var source = new ListSource(type.Name, condition, ResourceOrder.Default);
        var rows = await ResourceReads.ListAsync(Statement, Provider, [source], new(false, null, 0, 1_000));
        return [.. rows.Select(row => row.Document.Id.ToString("D"))];
    }

    /// <summary>How SQLite carries out everything that is read meanwhile, one step a line.</summary>
    public async Task<IReadOnlyList<string>> PlansAsync(Func<StatementSource, Task> read)
    {
        var plans = new List<string>();
        await read(
            (sql, parameters) =>
            {
                using var explain = Statement($"EXPLAIN QUERY PLAN {sql}", parameters);
                using var steps = explain.ExecuteReader();
                while (steps.Read())
                {
                    plans.Add(steps.GetString(3));
                }

                return Statement(sql, parameters);
            }
        );
        return plans;
    }

    public SqlStatement Statement(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        _connection.Statement(sql, parameters);

    private WriteScope ScopeAt(DateTimeOffset now) => new(_connection, _statements, _transaction!, now, null);

    private static Task<ResourceRow> InsertAsync(WriteScope scope, Guid provider, string name, ResourceType type, JsonObject document) =>
        ResourceWrites.InsertAsync(scope, provider, name, Guid.CreateVersion7(), SearchContent.Of(type, document, []));

    private static JsonObject AnswerOf(ResourceType type, ResourceRow row, JsonObject document)
    {
        var answer = document.DeepClone().AsObject();
        answer["schemas"] = new JsonArray([.. type.SchemasOf(document).Select(urn => (JsonNode)urn)]);
        answer["id"] = row.Id.ToString("D");
        answer["meta"] = new JsonObject
        {
            ["resourceType"] = type.Name,
            ["created"] = InstantOf(row.Created),
            ["lastModified"] = InstantOf(row.Modified),
            ["version"] = new EntityTag(row.Version).ToString(),
        };
        return answer;
    }

    private static string InstantOf(DateTimeOffset instant) =>
        instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
