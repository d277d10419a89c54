using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Scim.Definitions;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>
/// Before the program serves: where definitions are others than those the resources were stored under, the resources are looked at, and
/// found by the new definitions from then on. Definitions that what is stored does not fit are refused, so that no value is ever lost by
/// one that was changed or left out.
/// </summary>
internal sealed class DefinitionChange(SchemaRegistry schemas, IWritePath writePath, ChangeJournal journal) : IHostedService
{
    private const int MostTold = 20;

    /// <exception cref="UnusableStorageException">What is stored does not fit the definitions; the message says what.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => writePath.RunAsync(TakeUpAsync, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The registry of the definitions that a database was written under.</summary>
    /// <exception cref="UnusableStorageException">This program can't read them.</exception>
    public static SchemaRegistry Former(string documents) =>
        DefinitionReader.TryRead(
            [new DefinitionSource("stored definitions", Encoding.UTF8.GetBytes(documents))],
            out var registry,
            out var problems
        )
            ? registry
            : throw new UnusableStorageException(
                "The definitions that the database was written under can't be read by this version: "
                    + $"{problems[0]} Use the version that wrote it, or restore a backup."
            );

    private async Task<Completed> TakeUpAsync(WriteScope scope)
    {
        var wanted = DefinitionWriter.Write(schemas.ResourceTypes);
        var stored = await StoredDefinitions.ReadAsync(scope.Statement);
        if (stored != wanted)
        {
            var former = Former(stored);
            var misfits = new List<string>();
            foreach (var gone in former.ResourceTypes.Where(type => schemas.FindByName(type.Name) is null))
            {
                await CountAsync(scope, gone, misfits);
            }

            foreach (var type in schemas.ResourceTypes.Where(type => IsChanged(former.FindByName(type.Name), type)))
            {
                await IndexAsync(scope, former.FindByName(type.Name), type, misfits);
            }

            Refuse(misfits);
            await StoredDefinitions.WriteAsync(scope, wanted);
            await JournalAsync(scope, former);
        }

        return new Completed();
    }

    private static bool IsChanged(ResourceType? former, ResourceType type) =>
        former is null || DefinitionWriter.Write([former]) != DefinitionWriter.Write([type]);

    private static async Task CountAsync(WriteScope scope, ResourceType gone, List<string> misfits)
    {
        await using var statement = scope.Statement(
            "SELECT COALESCE(SUM(total), 0) FROM counters WHERE type = $type",
            ("$type", gone.Name)
        );
        if ((long)(await statement.ExecuteScalarAsync())! is > 0 and var count)
        {
            misfits.Add($"{gone}: the resource type is not defined any more, and there are {count} resources of it.");
        }
    }

    private static async Task IndexAsync(WriteScope scope, ResourceType? former, ResourceType type, List<string> misfits)
    {
        foreach (var path in former?.UniquePaths ?? [])
        {
            await ResourceWrites.ForgetKeysAsync(scope, UniqueValues.AttributeOf(former!, path));
        }

        long last = 0;
        while (await ResourceReads.LiveAfterAsync(scope.Statement, type.Name, last) is { Count: > 0 } rows)
        {
            foreach (var (seq, id, provider, doc) in rows)
            {
                var document = JsonNode.Parse(doc)!.AsObject();
                if (
                    DocumentFit.MisfitOf(type, document) is { } misfit
                    || (misfit = await TwiceAsync(scope, type, provider, document, seq)) is not null
                )
                {
                    // Whoever starts the program, or reads what it prints, need not learn what people's values are.
                    misfits.Add($"{type} {id:D}: {Redaction.Detail(misfit)}");
                }
                else
                {
                    await ResourceWrites.IndexAsync(scope, provider, seq, SearchContent.Of(type, document, []));
                }

                last = seq;
            }
        }
    }

    private static async Task<string?> TwiceAsync(WriteScope scope, ResourceType type, Guid provider, JsonObject document, long seq) =>
        (await UniqueValues.RefuseAsync(scope, type, provider, document, seq))?.Detail;

    private static void Refuse(List<string> misfits)
    {
        if (misfits.Count > 0)
        {
            var more = misfits.Count > MostTold ? $"{Environment.NewLine}  and {misfits.Count - MostTold} more" : "";
            throw new UnusableStorageException(
                $"What is stored does not fit the definitions:{string.Concat(misfits.Take(MostTold).Select(misfit => $"{Environment.NewLine}  {misfit}"))}{more}"
                    + $"{Environment.NewLine}Nothing was changed. Start with the former definitions, and change or delete these resources over SCIM first."
            );
        }
    }

    private Task JournalAsync(WriteScope scope, SchemaRegistry former)
    {
        var before = DefinitionWriter.Documents(former.ResourceTypes).ToDictionary(IdOf, document => document.ToJsonString());
        var after = DefinitionWriter.Documents(schemas.ResourceTypes).ToDictionary(IdOf, document => document.ToJsonString());
        var changes = before
            .Keys.Union(after.Keys)
            .Select(id => new ChangedValue(id, before.GetValueOrDefault(id), after.GetValueOrDefault(id)))
            .Where(change => change.Before != change.After);
        return journal.AppendAsync(
            scope,
            Origin.Of(Actor.System),
            new JournalEntry(JournalKind.DefinitionsChanged) { Changes = [.. changes] },
            ChangeTopic.Resources
        );
    }

    private static string IdOf(JsonObject document) => document["id"]!.GetValue<string>();
}
