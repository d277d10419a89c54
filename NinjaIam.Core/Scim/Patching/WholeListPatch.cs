using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Patching;

/// <summary>Operations that name a multi-valued attribute without selecting values of it.</summary>
internal sealed class WholeListPatch(Findings findings)
{
    private readonly ValueReader _values = new(findings);

    public void Apply(PatchOperationKind kind, AttributePath path, JsonArray held, JsonNode? value)
    {
        var read =
            value is null && kind == PatchOperationKind.Remove ? null : _values.Read(path.Attribute, path.ToString(), value) as JsonArray;
        if (findings.Error is not null)
        {
            return;
        }

        switch (kind)
        {
            case PatchOperationKind.Remove when value is null:
                held.Clear();
                break;
            case PatchOperationKind.Remove:
                findings.Note(DialectRules.RemoveWithValue, path.ToString());
                ValueLists.RemoveFitting(path.Attribute, held, read ?? []);
                break;
            case PatchOperationKind.Add:
                Add(path.Attribute, held, read ?? []);
                break;
            case PatchOperationKind.Replace:
                held.Clear();
                Add(path.Attribute, held, read ?? []);
                break;
            default:
                throw new InvalidOperationException($"There is no operation {kind}.");
        }
    }

    /// <summary>A value that is there already is not added again, it only takes over what the new one says in addition.</summary>
    private static void Add(AttributeDefinition attribute, JsonArray held, JsonArray added)
    {
        var known = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var element in held.OfType<JsonNode>())
        {
            known.TryAdd(ValueLists.Identity(attribute, element), element);
        }

        foreach (var element in added.OfType<JsonNode>())
        {
            if (!known.TryGetValue(ValueLists.Identity(attribute, element), out var target))
            {
                target = element.DeepClone();
                held.Add(target);
            }
            else if (target is JsonObject complex)
            {
                ValueLists.Merge(complex, element.AsObject());
            }

            if (ValueLists.IsPrimary(element))
            {
                ValueLists.ClearPrimaryExcept(held, [target]);
            }
        }
    }
}
