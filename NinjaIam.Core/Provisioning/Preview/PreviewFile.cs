using System.Globalization;
using System.Text.Json.Nodes;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Csv;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning.Preview;

/// <summary>What would become of one line of a file if the identity provider sent it.</summary>
/// <param name="Line">As an editor numbers it.</param>
/// <param name="Detail">Why it collides or is refused; null where it would be done.</param>
public sealed record EvaluatedLine(int Line, string UserName, PreviewResult Result, string? Detail);

/// <summary>
/// Finds out of a list of people, before the identity provider sends anybody, what would become of each: with the rules of a POST, and without
/// a trace.
/// </summary>
public sealed class PreviewFile(UserProvisioning users, SchemaRegistry schemas, IWritePath writePath)
{
    public const int MostPeople = 10_000;
    public const int MostBytes = 5 * 1024 * 1024;

    private const string UserName = "userName";

    private static readonly IReadOnlyList<string> Columns =
    [
        UserName,
        "externalId",
        "email",
        "givenName",
        "familyName",
        "displayName",
        "userType",
        "organizationId",
    ];

    private static readonly Refusal NoProvider = new(RefusalKind.NotFound, "This identity provider does not exist any more.");

    /// <summary>The names that the first line may have, in any letter case; only the first of them is needed.</summary>
    public static string Header { get; } = string.Join(", ", Columns);

    /// <summary>One answer for each line, in the order of the file. A file that can't be read as a whole is refused.</summary>
    public async Task<Outcome<IReadOnlyList<EvaluatedLine>>> EvaluateAsync(
        Guid providerId,
        ReadOnlyMemory<byte> file,
        Origin origin,
        CancellationToken cancellationToken
    )
    {
        if (file.Length > MostBytes)
        {
            return new Refusal(RefusalKind.InvalidValue, "The file is larger than 5 MB. Divide it.");
        }

        IReadOnlyList<CsvLine> lines = [];
        var refusal = CsvTable
            .Read(file, MostPeople + 1)
            .Match<Refusal?>(
                read =>
                {
                    lines = read;
                    return null;
                },
                reason => reason
            );
        refusal ??= HeaderRefusal(lines);
        if (refusal is not null)
        {
            return refusal;
        }

        var header = lines[0].Cells;
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var evaluated = new List<EvaluatedLine>(lines.Count);
        foreach (var line in lines.Skip(1))
        {
            var outcome = await EvaluateAsync(providerId, header, line, seen, origin, cancellationToken);
            if (outcome.RefusalOrNull() is { } stop)
            {
                return stop;
            }

            evaluated.Add(outcome.Match(done => done, _ => throw new InvalidOperationException()));
        }

        return evaluated;
    }

    private static Refusal? HeaderRefusal(IReadOnlyList<CsvLine> lines)
    {
        if (lines.Count < 2)
        {
            return new Refusal(RefusalKind.InvalidValue, $"The file has no people. Its first line names the columns: {Header}.");
        }

        var header = lines[0].Cells;
        if (!header.Contains(UserName, StringComparer.OrdinalIgnoreCase))
        {
            return new Refusal(RefusalKind.InvalidValue, $"The first line has no column userName. It may have these: {Header}.");
        }

        var unknown = header.Except(Columns, StringComparer.OrdinalIgnoreCase).FirstOrDefault();
        return unknown is null
            ? null
            : new Refusal(RefusalKind.InvalidValue, $"The column \"{unknown}\" is unknown. The first line may have these: {Header}.");
    }

    private async Task<Outcome<EvaluatedLine>> EvaluateAsync(
        Guid providerId,
        IReadOnlyList<string> header,
        CsvLine line,
        Dictionary<string, int> seen,
        Origin origin,
        CancellationToken cancellationToken
    )
    {
        if (line.IsBroken || line.Cells.Count > header.Count)
        {
            return new EvaluatedLine(line.Number, "", PreviewResult.Refused, "The line does not have the cells of the first line.");
        }

        var values = header
            .Zip(line.Cells)
            .Where(cell => cell.Second.Length > 0)
            .ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.OrdinalIgnoreCase);
        var userName = values.GetValueOrDefault(UserName, "");
        if (!seen.TryAdd(TextKey.Of(userName), line.Number) && userName.Length > 0)
        {
            var first = seen[TextKey.Of(userName)].ToString(CultureInfo.InvariantCulture);
            return new EvaluatedLine(line.Number, userName, PreviewResult.Collides, $"Line {first} has the same userName.");
        }

        if (!DocumentReader.Read(BodyOf(values), schemas.User).TryGet(out var reading, out var error))
        {
            return new EvaluatedLine(line.Number, userName, PreviewResult.Refused, error.Detail);
        }

        var evaluation = await writePath.RunAsync(
            providerId,
            scope => TryAsync(scope, providerId, line.Number, userName, reading, origin),
            cancellationToken
        );
        return evaluation.Outcome;
    }

    private async Task<Evaluation> TryAsync(
        WriteScope scope,
        Guid providerId,
        int line,
        string userName,
        DocumentReading reading,
        Origin origin
    )
    {
        if (await scope.RefuseOthersAsync(origin) is { } notAllowed)
        {
            return new Evaluation(notAllowed);
        }

        if (await ProviderInScope.FindAsync(scope, providerId) is not { } provider)
        {
            return new Evaluation(NoProvider);
        }

        var since = await PreviewWrites.BeginAsync(scope);
        var outcome = await users.TryCreateAsync(scope, provider, new ProvisioningCall(providerId, origin), reading);
        if (!outcome.TryGet(out _, out var error))
        {
            var refused = PreviewWrites.OfRefused(providerId, schemas.User.Name, userName, error, scope.Now);
            return new Evaluation(new EvaluatedLine(line, userName, refused.Result, refused.Detail));
        }

        var found = await PreviewWrites.OfDoneAsync(scope, providerId, since, userName);
        return new Evaluation(new EvaluatedLine(line, userName, found[0].Result, null));
    }

    private static JsonObject BodyOf(Dictionary<string, string> values)
    {
        var body = new JsonObject();
        foreach (var name in (string[])[UserName, "externalId", "displayName"])
        {
            Add(body, name);
        }

        var names = new JsonObject();
        Add(names, "givenName");
        Add(names, "familyName");
        var extension = new JsonObject();
        Add(extension, "userType");
        Add(extension, "organizationId");
        foreach (var (attribute, part) in new[] { ("name", names), (SchemaUrns.NinjaOneUser, extension) })
        {
            if (part.Count > 0)
            {
                body[attribute] = part;
            }
        }

        if (values.TryGetValue("email", out var email))
        {
            body["emails"] = new JsonArray(new JsonObject { ["value"] = email, ["type"] = "work" });
        }

        return body;

        void Add(JsonObject target, string column)
        {
            if (values.TryGetValue(column, out var value))
            {
                target[column] = value;
            }
        }
    }

    /// <summary>What was found out; the write is taken back in any case.</summary>
    private sealed record Evaluation(Outcome<EvaluatedLine> Outcome) : IMayRefuse
    {
        public bool IsRefused => true;
    }
}
