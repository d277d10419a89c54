using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Definitions;

/// <summary>Makes a registry of the built-in schemas and what an installation defines. Reads everything, so that all problems are told at once.</summary>
public sealed class DefinitionReader
{
    private const string SchemaKind = "Schema";
    private const string ResourceTypeKind = "ResourceType";
    private const string Urns = "urn:ietf:params:scim:schemas:core:2.0:";

    private static readonly string[] ResourceTypeMarks = ["schema", "schemaExtensions", "endpoint"];

    private readonly List<DefinitionProblem> _problems = [];
    private readonly List<DefinedSchema> _schemas = [];
    private readonly List<DefinedResourceType> _resourceTypes = [];

    private DefinitionReader() { }

    /// <param name="problems">Why there is no registry; empty where there is one.</param>
    public static bool TryRead(
        IEnumerable<DefinitionSource> sources,
        [NotNullWhen(true)] out SchemaRegistry? registry,
        out IReadOnlyList<DefinitionProblem> problems
    )
    {
        var reader = new DefinitionReader();
        foreach (var source in sources)
        {
            reader.ReadSource(source);
        }

        problems = reader._problems;
        registry = null;
        if (problems.Count == 0)
        {
            // What documents say of each other is known only now, and may be wrong as well.
            var built = new RegistryBuilder(reader._schemas, reader._resourceTypes).Build();
            registry = problems.Count == 0 ? built : null;
        }

        return registry is not null;
    }

    private void ReadSource(DefinitionSource source)
    {
        if (source.Content.Length > DefinitionLimits.Bytes)
        {
            Refuse(source, "$", $"The file has {source.Content.Length} bytes. Split it into files of at most {DefinitionLimits.Bytes}.");
            return;
        }

        try
        {
            using var json = JsonDocument.Parse(WithoutMark(source.Content));
            ReadDocuments(new DefinitionNode(json.RootElement.Clone(), source.Name, "$", _problems));
        }
        catch (JsonException exception)
        {
            var place = string.Create(
                CultureInfo.InvariantCulture,
                $"line {(exception.LineNumber ?? 0) + 1}, position {(exception.BytePositionInLine ?? 0) + 1}"
            );
            Refuse(source, place, "The file is not valid JSON here. Correct it.");
        }
        catch (InvalidOperationException)
        {
            Refuse(source, "$", "A text of the file is not valid Unicode: it holds half a surrogate pair. Correct it.");
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> content) =>
        content.Span.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;

    private void Refuse(DefinitionSource source, string place, string detail) =>
        _problems.Add(new DefinitionProblem(source.Name, place, detail));

    private void ReadDocuments(DefinitionNode root)
    {
        if (root.IsArray)
        {
            foreach (var document in root.Objects())
            {
                ReadDocument(document);
            }
        }
        else if (!root.IsObject)
        {
            root.Refuse("A file holds a Schema or ResourceType document, or a list of them. Write one in braces.");
        }
        else if (root.Find("Resources") is { } resources)
        {
            foreach (var document in resources.Objects())
            {
                ReadDocument(document);
            }
        }
        else
        {
            ReadDocument(root);
        }
    }

    private void ReadDocument(DefinitionNode document)
    {
        switch (KindOf(document))
        {
            case SchemaKind when DefinedSchema.Read(document) is { } schema:
                _schemas.Add(schema);
                break;
            case ResourceTypeKind when DefinedResourceType.Read(document) is { } type:
                _resourceTypes.Add(type);
                break;
            case null:
                document.Refuse(
                    $"This is neither a Schema nor a ResourceType document. Add \"schemas\": [\"{Urns}{SchemaKind}\"] or [\"{Urns}{ResourceTypeKind}\"]."
                );
                break;
            default:
                break;
        }
    }

    /// <summary>By what the document says it is, else by what it has.</summary>
    private static string? KindOf(DefinitionNode document)
    {
        if (document.Find("schemas") is { } schemas)
        {
            return schemas.Texts() is [var urn] && urn.StartsWith(Urns, StringComparison.OrdinalIgnoreCase)
                ? urn[Urns.Length..] switch
                {
                    var kind when kind.Equals(SchemaKind, StringComparison.OrdinalIgnoreCase) => SchemaKind,
                    var kind when kind.Equals(ResourceTypeKind, StringComparison.OrdinalIgnoreCase) => ResourceTypeKind,
                    _ => null,
                }
                : null;
        }

        return document.Find("attributes") is not null ? SchemaKind
            : ResourceTypeMarks.Any(mark => document.Find(mark) is not null) ? ResourceTypeKind
            : null;
    }
}
