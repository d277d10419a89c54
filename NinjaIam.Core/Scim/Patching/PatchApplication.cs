using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Patching;

/// <summary>One PATCH on its way: finds out what each operation is about and hands it to who can do it.</summary>
/// <param name="stored">The document as it is.</param>
/// <param name="document">A copy of it to work on.</param>
internal sealed class PatchApplication(ResourceType type, string id, JsonObject stored, JsonObject document, Findings findings)
{
    private readonly List<MemberChange> _memberChanges = [];
    private readonly SingleValuePatch _singleValues = new(document, findings);
    private readonly MultiValuePatch _multiValues = new(document, findings);
    private readonly List<string> _unknown = [];
    private string? _unregistered;
    private bool _understood;

    public IReadOnlyList<MemberChange> MemberChanges => _memberChanges;

    public void Apply(PatchOperation operation)
    {
        switch (operation.Path)
        {
            case null:
                ApplyValue(operation.Kind, operation.Value!.AsObject());
                break;
            case TargetPath.Unregistered(var text):
                findings.Note(DialectRules.UnknownSchemaInPath, text);
                _unregistered ??= text;
                break;
            case TargetPath.WholeSchema(var schema):
                ApplyToSchema(operation.Kind, schema, operation.Value);
                break;
            case TargetPath.Selected target:
                Apply(operation.Kind, target, operation.Value, named: true);
                break;
            default:
                throw new InvalidOperationException($"There is no way to apply {operation.Path}.");
        }
    }

    /// <summary>The document in its final form, checked as a whole.</summary>
    public JsonObject Complete()
    {
        if (!_understood && _unregistered is not null)
        {
            findings.Refuse(
                ScimError.InvalidPath(
                    $"No schema is registered for \"{_unregistered}\", and nothing else in the request could be done. Correct the URN."
                )
            );
        }
        else if (!_understood && _unknown.Count > 0)
        {
            var names = string.Join(", ", _unknown.Take(20).Select(name => $"\"{name}\""));
            findings.Refuse(
                ScimError.InvalidValue($"{type.Name} has no attribute {names}, so there is nothing to do. /Schemas lists the attributes.")
            );
        }

        var changed = ResourceDocument.InOrder(type, document);
        RequiredAttributes.Check(type, changed, findings, before: stored);
        if (ImmutableAttributes.Check(type, stored, changed) is { } refusal)
        {
            findings.Refuse(refusal);
        }

        return changed;
    }

    private void ApplyValue(PatchOperationKind kind, JsonObject value)
    {
        var plain = new JsonObject();
        foreach (var (name, inner) in value)
        {
            if (ReadPathKey(name) is { } target)
            {
                findings.Note(DialectRules.FlatName, target.ToString());
                Apply(kind, target, inner, named: false);
            }
            else
            {
                plain.Add(name, inner?.DeepClone());
            }
        }

        var sent = SentAttributes.Of(plain, type, findings);
        _unknown.AddRange(sent.Unknown);
        foreach (var (path, inner) in sent.Attributes)
        {
            Apply(kind, new TargetPath.Selected(path, null), inner, named: false);
        }

        foreach (var extension in sent.Emptied)
        {
            _understood = true;
            if (kind == PatchOperationKind.Replace)
            {
                document.Remove(extension.Id);
            }
        }
    }

    /// <summary>A key with a filter is a path of its own, as in <c>{"emails[type eq \"work\"].value": "x"}</c>. An unknown one is no error here.</summary>
    private TargetPath.Selected? ReadPathKey(string name)
    {
        if (!name.Contains('[', StringComparison.Ordinal))
        {
            return null;
        }

        var attempt = new Findings();
        var target = TargetPathReader.Read(name, type, attempt) as TargetPath.Selected;
        if (attempt.Error is { Type: not ScimErrorType.InvalidPath } error)
        {
            findings.Refuse(error);
        }

        foreach (var repair in attempt.Repairs)
        {
            findings.Note(repair.Rule, repair.Target);
        }

        return target;
    }

    private void ApplyToSchema(PatchOperationKind kind, ScimSchema schema, JsonNode? value)
    {
        if (kind != PatchOperationKind.Remove)
        {
            ApplyValue(kind, new JsonObject { [schema.Id] = value?.DeepClone() });
        }
        else if (ReferenceEquals(schema, type.Schema))
        {
            findings.Refuse(ScimError.Mutability($"{schema.Id} can't be removed. Name the attributes to remove."));
        }
        else
        {
            _understood = true;
            document.Remove(schema.Id);
        }
    }

    /// <param name="named">The path of an operation names the attribute; a value that only mentions it may be ignored.</param>
    private void Apply(PatchOperationKind kind, TargetPath.Selected target, JsonNode? value, bool named)
    {
        _understood = true;
        var (path, filter) = target;
        if (path.Attribute.Mutability == Mutability.ReadOnly)
        {
            ApplyToReadOnly(kind, path, value, named);
        }
        else if (path.Attribute.IsDiscarded)
        {
            findings.Note(DialectRules.PasswordNotKept, path.ToString());
        }
        else if (type.HasMembers && path.Extension is null && path.Attribute.Name == ResourceType.MembersAttribute)
        {
            if (MemberOperations.Read(kind, target, value, findings) is { } change)
            {
                _memberChanges.Add(change);
            }
        }
        else if (path.Definition.Mutability == Mutability.ReadOnly)
        {
            ApplyToReadOnly(kind, path, value, named);
        }
        else if (path.Attribute.MultiValued)
        {
            _multiValues.Apply(kind, path, filter, value);
        }
        else
        {
            _singleValues.Apply(kind, path, value);
        }
    }

    private void ApplyToReadOnly(PatchOperationKind kind, AttributePath path, JsonNode? value, bool named)
    {
        var isId = ReferenceEquals(path.Attribute, CommonAttributes.Id);
        if (isId && kind != PatchOperationKind.Remove && value is JsonValue sent && sent.TryGetValue<string>(out var text))
        {
            if (!text.Equals(id, StringComparison.OrdinalIgnoreCase))
            {
                findings.Refuse(
                    ScimError.Mutability("The id of a resource can't be changed. Leave it out, or send the one the resource has.")
                );
            }

            return;
        }

        // Extensions come and go with their values, so naming registered schemas asks for nothing more.
        if (
            ReferenceEquals(path.Attribute, CommonAttributes.Schemas)
            && kind != PatchOperationKind.Remove
            && (!named || AreRegistered(value))
        )
        {
            return;
        }

        if (named || (isId && value is not null))
        {
            findings.Refuse(ScimError.Mutability($"{path} is read-only. Remove it from the mappings of the client."));
        }
        else
        {
            findings.Note(DialectRules.ReadOnlyAttribute, path.ToString());
        }
    }

    private bool AreRegistered(JsonNode? urns) =>
        urns is JsonArray list
        && list.All(urn =>
            urn is JsonValue value && value.TryGetValue<string>(out var text) && type.Resolve(text) is PathResolution.WholeSchema
        );
}
