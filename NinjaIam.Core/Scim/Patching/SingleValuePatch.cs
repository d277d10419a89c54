using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Patching;

/// <summary>Operations on attributes with one value and on sub-attributes of them.</summary>
internal sealed class SingleValuePatch(JsonObject document, Findings findings)
{
    private readonly ValueReader _values = new(findings);

    public void Apply(PatchOperationKind kind, AttributePath path, JsonNode? value)
    {
        if (kind == PatchOperationKind.Remove)
        {
            Set(path, null);
        }
        else if (path.SubAttribute is { Name: "value" } && ValueReader.IsEmptyText(value))
        {
            // A complex attribute without its value says nothing; Entra ends a manager like this.
            findings.Note(DialectRules.EmptyTextForComplexValue, path.ToString());
            Set(path with { SubAttribute = null }, null);
        }
        else if (path.Definition.IsComplex && value is JsonObject complex)
        {
            Merge(kind, path, complex);
        }
        else if (path.Definition.IsComplex && value is JsonArray and [JsonObject only])
        {
            findings.Note(DialectRules.ListForSingleValue, path.ToString());
            Merge(kind, path, only);
        }
        else if (_values.Read(path.Definition, path.ToString(), value) is { } read)
        {
            Set(path, read);
        }
        else if (kind == PatchOperationKind.Replace)
        {
            Set(path, null);
        }
    }

    /// <summary>Sub-attributes the value does not name stay (RFC 7644, section 3.5.2.3).</summary>
    private void Merge(PatchOperationKind kind, AttributePath path, JsonObject complex)
    {
        foreach (var name in complex.Select(property => property.Key))
        {
            if (path.Attribute.FindSubAttribute(name) is null)
            {
                findings.Note(DialectRules.UnknownAttribute, $"{path}.{name}");
            }
        }

        // In the order of the schema: a new value drops the $ref of the old one before the new $ref is set.
        foreach (var subAttribute in path.Attribute.SubAttributes)
        {
            foreach (var (name, value) in complex)
            {
                if (!name.Equals(subAttribute.Name, StringComparison.OrdinalIgnoreCase))
                {
                    continue;
                }

                var subPath = path with { SubAttribute = subAttribute };
                if (subAttribute.Mutability == Mutability.ReadOnly)
                {
                    findings.Note(DialectRules.ReadOnlyAttribute, subPath.ToString());
                }
                else
                {
                    Apply(kind, subPath, value);
                }
            }
        }
    }

    private void Set(AttributePath path, JsonNode? value)
    {
        if (findings.Error is not null)
        {
            return;
        }

        var held = ResourceDocument.Find(document, path);
        if (JsonNode.DeepEquals(held, value))
        {
            return;
        }

        if (value is null && path.Definition.Required)
        {
            findings.Refuse(ScimError.Mutability($"{path} is required and can't be removed. Send another value for it."));
            return;
        }

        if (held is not null && path.Definition.Mutability == Mutability.Immutable)
        {
            findings.Refuse(ImmutableAttributes.Refuse(path.ToString()));
            return;
        }

        ResourceDocument.Set(document, path, value);
        if (path.SubAttribute is { Name: "value" } && path.Attribute.FindSubAttribute("$ref") is { } reference)
        {
            ResourceDocument.Set(document, path with { SubAttribute = reference }, null);
        }
    }
}
