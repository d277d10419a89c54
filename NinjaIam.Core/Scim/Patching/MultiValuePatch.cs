using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Patching;

/// <summary>Operations on the values of multi-valued attributes.</summary>
internal sealed class MultiValuePatch(JsonObject document, Findings findings)
{
    /// <summary>How many operations one request may have on them, as each may look at every value.</summary>
    public const int MaxOperations = 500;

    /// <summary>How many comparisons with values the filters of one request may make.</summary>
    public const int MaxComparisons = 200_000;

    private readonly ValueReader _values = new(findings);
    private readonly WholeListPatch _lists = new(findings);
    private int _operations;
    private int _comparisons;

    public void Apply(PatchOperationKind kind, AttributePath path, FilterExpression? filter, JsonNode? value)
    {
        if (++_operations > MaxOperations)
        {
            findings.Refuse(
                ScimError.InvalidValue($"The request has more than {MaxOperations} operations on multi-valued attributes. Split it.")
            );
            return;
        }

        var whole = path with { SubAttribute = null };
        var held = ResourceDocument.Find(document, whole) as JsonArray ?? [];
        _comparisons += filter is null ? 0 : held.Count * ValueFilterTerms.Count(filter);
        if (_comparisons > MaxComparisons)
        {
            findings.Refuse(
                ScimError.InvalidValue($"The filters of the request need more than {MaxComparisons} comparisons. Split the request.")
            );
            return;
        }

        var before = path.Attribute.SubAttributes.Any(part => part.Mutability == Mutability.Immutable)
            ? held.OfType<JsonObject>().Select(element => (Element: element, Was: element.DeepClone().AsObject())).ToList()
            : [];
        if (filter is null && path.SubAttribute is null)
        {
            _lists.Apply(kind, path, held, value);
        }
        else
        {
            var selected = held.OfType<JsonObject>().Where(element => filter is null || FilterEvaluator.Matches(filter, element)).ToList();
            if (kind == PatchOperationKind.Remove)
            {
                Remove(held, selected, path.SubAttribute);
            }
            else if (path.SubAttribute is { } subAttribute)
            {
                SetSubAttribute(kind, path, subAttribute, filter, held, selected, value);
            }
            else
            {
                SetValue(kind, path, filter!, held, selected, value);
            }
        }

        foreach (var (element, was) in before.Where(each => each.Element.Parent == held))
        {
            if (ImmutableAttributes.Check(path.Attribute, was, element) is { } refusal)
            {
                findings.Refuse(refusal);
            }
        }

        if (findings.Error is null)
        {
            Store(whole, held);
        }
    }

    private static void Remove(JsonArray held, List<JsonObject> selected, AttributeDefinition? subAttribute)
    {
        foreach (var element in selected)
        {
            if (subAttribute is null)
            {
                held.Remove(element);
            }
            else
            {
                element.Remove(subAttribute.Name);
            }
        }
    }

    private void SetSubAttribute(
        PatchOperationKind kind,
        AttributePath path,
        AttributeDefinition subAttribute,
        FilterExpression? filter,
        JsonArray held,
        List<JsonObject> selected,
        JsonNode? value
    )
    {
        var read = _values.Read(subAttribute, path.ToString(), value);
        if (findings.Error is not null)
        {
            return;
        }

        if (read is null)
        {
            if (kind == PatchOperationKind.Replace)
            {
                Remove(held, selected, subAttribute);
            }

            return;
        }

        if (selected.Count == 0)
        {
            if (Create(kind, path, filter, held) is not { } created)
            {
                return;
            }

            selected = [created];
        }

        foreach (var element in selected)
        {
            element[subAttribute.Name] = read.DeepClone();
        }

        ChoosePrimary(path, held, selected);
    }

    private void SetValue(
        PatchOperationKind kind,
        AttributePath path,
        FilterExpression filter,
        JsonArray held,
        List<JsonObject> selected,
        JsonNode? value
    )
    {
        if (value is null or JsonArray { Count: 0 } or JsonObject { Count: 0 })
        {
            findings.Note(DialectRules.EmptyValue, path.ToString());
            if (kind == PatchOperationKind.Replace)
            {
                Remove(held, selected, null);
            }

            return;
        }

        if (_values.ReadSingle(path.Attribute, path.ToString(), value) is not JsonObject read)
        {
            return;
        }

        if (selected.Count == 0)
        {
            if (Create(kind, path, filter, held) is not { } created)
            {
                return;
            }

            selected = [created];
        }

        foreach (var element in selected)
        {
            if (kind == PatchOperationKind.Replace)
            {
                // The value is replaced as a whole, but stays the one the filter selects unless the new value says otherwise.
                var selectors = ValueFilterTerms.Of(filter) ?? [];
                foreach (var name in element.Select(property => property.Key).Where(name => !selectors.ContainsKey(name)).ToList())
                {
                    element.Remove(name);
                }
            }

            ValueLists.Merge(element, read);
        }

        ChoosePrimary(path, held, selected);
    }

    private JsonObject? Create(PatchOperationKind kind, AttributePath path, FilterExpression? filter, JsonArray held)
    {
        var created = new JsonObject();
        if (filter is not null)
        {
            var terms = ValueFilterTerms.Of(filter);
            var creates =
                terms is not null
                && (
                    kind == PatchOperationKind.Add
                    || (path.SubAttribute is not null && ValueFilterTerms.AreCanonical(terms, path.Attribute))
                );
            if (!creates)
            {
                findings.Refuse(
                    ScimError.NoTarget(
                        $"No value of {path.Attribute.Name} matches [{filter}]. Add the value first, or select it by a type from /Schemas."
                    )
                );
                return null;
            }

            foreach (var (name, value) in terms!)
            {
                created[name] = value.DeepClone();
            }

            findings.Note(DialectRules.CreatedByFilter, path.ToString());
        }

        held.Add(created);
        return created;
    }

    private void ChoosePrimary(AttributePath path, JsonArray held, List<JsonObject> selected)
    {
        var chosen = selected.Where(ValueLists.IsPrimary).ToList();
        if (chosen.Count > 1)
        {
            findings.Refuse(ScimError.InvalidValue($"{path} would make more than one value primary. Select a single value."));
        }
        else if (chosen.Count == 1)
        {
            ValueLists.ClearPrimaryExcept(held, chosen);
        }
    }

    private void Store(AttributePath whole, JsonArray held)
    {
        held.RemoveAll(element => element is JsonObject { Count: 0 });
        if (ValueLists.Collapse(whole.Attribute, held))
        {
            findings.Note(DialectRules.DuplicateValue, whole.ToString());
        }

        if (held.Count > ValueLists.MaxValues)
        {
            findings.Refuse(ValueLists.TooMany(whole.ToString()));
        }
        else if (held.Count == 0 && whole.Attribute.Required)
        {
            findings.Refuse(ScimError.Mutability($"{whole} is required and can't be removed."));
        }
        else if (held.Count == 0)
        {
            ResourceDocument.Set(document, whole, null);
        }
        else if (held.Parent is null)
        {
            ResourceDocument.Set(document, whole, held);
        }
    }
}
