using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>The attributes of a body, whatever form their names have: nested, dotted, or behind a URN.</summary>
internal sealed class SentAttributes
{
    private readonly List<(AttributePath Path, JsonNode? Value)> _attributes = [];
    private readonly HashSet<AttributePath> _named = [];
    private readonly List<ScimSchema> _extensions = [];
    private readonly List<ScimSchema> _emptied = [];
    private readonly List<string> _unknown = [];

    private SentAttributes() { }

    /// <summary>Every attribute with its value as sent, in the order of the body.</summary>
    public IReadOnlyList<(AttributePath Path, JsonNode? Value)> Attributes => _attributes;

    /// <summary>Extensions of which anything is mentioned.</summary>
    public IReadOnlyList<ScimSchema> Extensions => _extensions;

    /// <summary>Extensions sent as null.</summary>
    public IReadOnlyList<ScimSchema> Emptied => _emptied;

    /// <summary>Names that nothing is known of.</summary>
    public IReadOnlyList<string> Unknown => _unknown;

    public static SentAttributes Of(JsonObject body, ResourceType type, Findings findings)
    {
        var sent = new SentAttributes();
        foreach (var (name, value) in body)
        {
            if (SchemaAliases.TryTranslate(name, out var today))
            {
                findings.Note(DialectRules.LegacySchema, name);
            }

            sent.Add(type, today, value, findings, nested: false);
        }

        return sent;
    }

    private void Add(ResourceType type, string name, JsonNode? value, Findings findings, bool nested)
    {
        switch (type.Resolve(name))
        {
            case PathResolution.Found(var path) when path.SubAttribute is null || !path.Attribute.MultiValued:
                Mention(path.Extension);
                NoteSpelling(path, name, findings, nested);
                _attributes.Add((path, value));
                if (!_named.Add(path))
                {
                    findings.Refuse(ScimError.InvalidSyntax($"{path} is sent more than once under different names. Send it once."));
                }

                break;
            case PathResolution.WholeSchema(var schema):
                AddSchema(type, schema, value, findings);
                break;
            default:
                _unknown.Add(name);
                findings.Note(DialectRules.UnknownAttribute, name);
                break;
        }
    }

    private void AddSchema(ResourceType type, ScimSchema schema, JsonNode? value, Findings findings)
    {
        var isCore = ReferenceEquals(schema, type.Schema);
        Mention(isCore ? null : schema);
        switch (value)
        {
            case JsonObject attributes:
                foreach (var (name, inner) in attributes)
                {
                    Add(type, $"{schema.Id}:{name}", inner, findings, nested: true);
                }

                break;
            case null or JsonArray { Count: 0 }:
                findings.Note(DialectRules.EmptyValue, schema.Id);
                if (!isCore)
                {
                    _emptied.Add(schema);
                }

                break;
            default:
                findings.Refuse(
                    ScimError.InvalidValue(
                        $"{schema.Id} must be an object with the attributes of the schema, not {ValueReader.Kind(value)}."
                    )
                );
                break;
        }
    }

    private void Mention(ScimSchema? extension)
    {
        if (extension is not null && !_extensions.Contains(extension))
        {
            _extensions.Add(extension);
        }
    }

    private static void NoteSpelling(AttributePath path, string name, Findings findings, bool nested)
    {
        var printed = path.ToString();
        if (path.SubAttribute is not null || (!nested && name.Contains(':', StringComparison.Ordinal)))
        {
            findings.Note(DialectRules.FlatName, printed);
        }

        if (!name.EndsWith(printed, StringComparison.Ordinal) && !printed.EndsWith(name, StringComparison.Ordinal))
        {
            findings.Note(DialectRules.LetterCase, printed);
        }
    }
}
