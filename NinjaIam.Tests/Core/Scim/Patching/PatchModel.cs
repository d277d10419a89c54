using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Tests.Core.Scim.Patching;

/// <summary>
/// What RFC 7644, section 3.5.2, makes of a document, told as plainly as it can be: single values stand under their full paths, lists are
/// lists of parts, and every step looks at everything. Where the RFC is silent it follows the settled questions of the project.
/// </summary>
internal sealed class PatchModel(ResourceType type)
{
    private readonly Dictionary<string, JsonNode> _singles = [];
    private readonly Dictionary<string, List<Dictionary<string, JsonNode>>> _lists = [];

    /// <summary>The document afterwards, or why there is none.</summary>
    public static (JsonObject? Document, ScimErrorType? Refusal) Apply(
        ResourceType type,
        JsonObject document,
        IEnumerable<ModelOperation> operations
    )
    {
        var model = new PatchModel(type);
        model.Load(document);
        try
        {
            var known = false;
            foreach (var operation in operations)
            {
                foreach (var step in operation.Steps)
                {
                    known = true;
                    model.Do(operation.Kind, step, operation.HasPath);
                }
            }

            if (!known)
            {
                throw new RefusedException(ScimErrorType.InvalidValue);
            }

            model.CheckRequired();
            return (model.Save(), null);
        }
        catch (RefusedException refused)
        {
            return (null, refused.Type);
        }
    }

    private void Do(string kind, ModelStep step, bool named)
    {
        var attribute = step.Attribute;
        if (attribute.Mutability == Mutability.ReadOnly)
        {
            Refuse(named, ScimErrorType.Mutability);
        }
        else if (attribute.MultiValued)
        {
            var list = _lists.GetValueOrDefault(step.Name) ?? [];
            DoToList(kind, step, list);
            Tidy(attribute, list);
            _lists[step.Name] = list;
        }
        else if (attribute.IsComplex && step.Part is null && kind != "remove")
        {
            foreach (var part in attribute.SubAttributes)
            {
                if (IsEmpty(step.Value))
                {
                    SetSingle(kind, $"{step.Name}.{part.Name}", part, null);
                }
                else if (Only(step.Value!) is not JsonObject parts)
                {
                    throw new RefusedException(ScimErrorType.InvalidValue);
                }
                else if (parts.TryGetPropertyValue(part.Name, out var value))
                {
                    SetSingle(kind, $"{step.Name}.{part.Name}", part, value);
                }
            }
        }
        else if (attribute.IsComplex && step.Part is null)
        {
            foreach (var part in attribute.SubAttributes)
            {
                _singles.Remove($"{step.Name}.{part.Name}");
            }
        }
        else
        {
            SetSingle(kind, step.Part is null ? step.Name : $"{step.Name}.{step.Part.Name}", step.Part ?? attribute, step.Value);
        }
    }

    private void SetSingle(string kind, string name, AttributeDefinition attribute, JsonNode? value)
    {
        var wanted = kind == "remove" || IsEmpty(value) ? null : Simple(attribute, value!);
        if (wanted is null && kind == "add")
        {
            return;
        }

        var held = _singles.GetValueOrDefault(name);
        var changes = !JsonNode.DeepEquals(held, wanted);
        Refuse(changes && wanted is null && attribute.Required, ScimErrorType.Mutability);
        Refuse(changes && held is not null && attribute.Mutability == Mutability.Immutable, ScimErrorType.Mutability);
        if (wanted is null)
        {
            _singles.Remove(name);
        }
        else
        {
            _singles[name] = wanted;
        }
    }

    private static void DoToList(string kind, ModelStep step, List<Dictionary<string, JsonNode>> list)
    {
        var selected = list.Where(element => step.Filter is null || step.Filter.Holds(element)).ToList();
        switch (kind, step.Part, step.Filter)
        {
            case ("remove", null, null) when step.Value is null:
                list.Clear();
                break;
            case ("remove", null, null):
                foreach (var pattern in Elements(step.Attribute, step.Value))
                {
                    list.RemoveAll(element => pattern.All(part => Same(step.Attribute, part.Key, part.Value, element)));
                }

                break;
            case ("remove", null, _):
                list.RemoveAll(selected.Contains);
                break;
            case ("remove", { } part, _):
                selected.ForEach(element => element.Remove(part.Name));
                break;
            case (_, null, null):
                var sent = Elements(step.Attribute, step.Value);
                if (kind == "replace")
                {
                    list.Clear();
                }

                sent.ForEach(element => AddTo(step.Attribute, list, element));
                break;
            case (_, { } part, _):
                SetPart(kind, step, part, list, selected);
                break;
            default:
                SetElements(kind, step, list, selected);
                break;
        }
    }

    private static void SetPart(
        string kind,
        ModelStep step,
        AttributeDefinition part,
        List<Dictionary<string, JsonNode>> list,
        List<Dictionary<string, JsonNode>> selected
    )
    {
        if (IsEmpty(step.Value))
        {
            foreach (var element in selected.Where(_ => kind == "replace"))
            {
                element.Remove(part.Name);
            }

            return;
        }

        var value = Simple(part, step.Value!);
        if (selected.Count == 0)
        {
            var described = step.Filter?.Description;
            var creates =
                step.Filter is null
                || (described is not null && (kind == "add" || described.All(term => IsSuggested(step.Attribute, term.Key, term.Value))));
            Refuse(!creates, ScimErrorType.NoTarget);
            selected = [Copy(described ?? [])];
            list.AddRange(selected);
        }

        selected.ForEach(element => element[part.Name] = value.DeepClone());
        Prefer(list, selected);
    }

    private static void SetElements(
        string kind,
        ModelStep step,
        List<Dictionary<string, JsonNode>> list,
        List<Dictionary<string, JsonNode>> selected
    )
    {
        var sent = IsEmpty(step.Value) ? [] : Element(step.Attribute, Only(step.Value!));
        if (sent.Count == 0)
        {
            list.RemoveAll(element => kind == "replace" && selected.Contains(element));
            return;
        }

        if (selected.Count == 0)
        {
            Refuse(kind == "replace" || step.Filter!.Description is null, ScimErrorType.NoTarget);
            selected = [Copy(step.Filter!.Description!)];
            list.AddRange(selected);
        }

        foreach (var element in selected)
        {
            if (kind == "replace")
            {
                // It stays the value that the filter describes, unless the new one says otherwise.
                foreach (var name in element.Keys.Except(step.Filter!.Description?.Keys ?? (IEnumerable<string>)[]).ToList())
                {
                    element.Remove(name);
                }
            }

            foreach (var (name, value) in sent)
            {
                element[name] = value.DeepClone();
            }
        }

        Prefer(list, selected);
    }

    private static void AddTo(AttributeDefinition attribute, List<Dictionary<string, JsonNode>> list, Dictionary<string, JsonNode> added)
    {
        var target = list.Find(element => AreOne(attribute, element, added));
        if (target is null)
        {
            list.Add(target = []);
        }

        // Of equal simple values the one that was there first stays.
        foreach (var (name, value) in added.Where(part => part.Key.Length > 0 || target.Count == 0))
        {
            target[name] = value.DeepClone();
        }

        if (IsPreferred(added))
        {
            Prefer(list, [target]);
        }
    }

    /// <summary>The later choice of a preferred value ends the earlier ones.</summary>
    private static void Prefer(List<Dictionary<string, JsonNode>> list, List<Dictionary<string, JsonNode>> written)
    {
        var chosen = written.Where(IsPreferred).ToList();
        Refuse(chosen.Count > 1, ScimErrorType.InvalidValue);
        foreach (var other in list.Where(element => chosen.Count == 1 && IsPreferred(element) && element != chosen[0]))
        {
            other["primary"] = false;
        }
    }

    /// <summary>Values without any part are none, and of values with equal type and value the first stays.</summary>
    private static void Tidy(AttributeDefinition attribute, List<Dictionary<string, JsonNode>> list)
    {
        list.RemoveAll(element => element.Count == 0);
        for (var later = 1; later < list.Count; later++)
        {
            var first = list.FindIndex(element => AreOne(attribute, element, list[later]));
            if (first < later)
            {
                if (IsPreferred(list[later]))
                {
                    list[first]["primary"] = true;
                }

                list.RemoveAt(later--);
            }
        }
    }

    private static List<Dictionary<string, JsonNode>> Elements(AttributeDefinition attribute, JsonNode? value)
    {
        var elements = (value is JsonArray list ? list : [value?.DeepClone()])
            .OfType<JsonNode>()
            .Select(element => Element(attribute, element))
            .ToList();
        Tidy(attribute, elements);
        Refuse(elements.Count(IsPreferred) > 1, ScimErrorType.InvalidValue);
        return elements;
    }

    private static Dictionary<string, JsonNode> Element(AttributeDefinition attribute, JsonNode value)
    {
        if (!attribute.IsComplex)
        {
            return new() { [""] = Simple(attribute, value) };
        }

        if (value is JsonValue)
        {
            return new() { ["value"] = Simple(attribute.ValueAttribute!, value) };
        }

        var element = new Dictionary<string, JsonNode>();
        foreach (var part in attribute.SubAttributes)
        {
            if (value.AsObject().TryGetPropertyValue(part.Name, out var sent) && !IsEmpty(sent))
            {
                element[part.Name] = Simple(part, sent!);
            }
        }

        return element;
    }

    private static JsonNode Simple(AttributeDefinition attribute, JsonNode value)
    {
        var only = Only(value);
        var fits = attribute.Type switch
        {
            AttributeType.Boolean => only.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            AttributeType.Integer => only.GetValueKind() == JsonValueKind.Number,
            _ => only.GetValueKind() == JsonValueKind.String,
        };
        Refuse(!fits, ScimErrorType.InvalidValue);
        return only.DeepClone();
    }

    /// <summary>A list of one for something single is the one.</summary>
    private static JsonNode Only(JsonNode value)
    {
        if (value is not JsonArray list)
        {
            return value;
        }

        Refuse(list.Count != 1 || list[0] is null, ScimErrorType.InvalidValue);
        return list[0]!;
    }

    private static bool IsEmpty(JsonNode? value) => value is null or JsonArray { Count: 0 };

    private static bool IsPreferred(Dictionary<string, JsonNode> element) =>
        element.TryGetValue("primary", out var primary) && primary.GetValue<bool>();

    private static bool AreOne(AttributeDefinition attribute, Dictionary<string, JsonNode> left, Dictionary<string, JsonNode> right)
    {
        string[] names =
            !attribute.IsComplex ? [""]
            : left.ContainsKey("value") && right.ContainsKey("value") ? ["value", "type"]
            : [.. attribute.SubAttributes.Select(part => part.Name)];
        return names.All(name => left.TryGetValue(name, out var value) ? Same(attribute, name, value, right) : !right.ContainsKey(name));
    }

    private static bool Same(AttributeDefinition attribute, string name, JsonNode value, Dictionary<string, JsonNode> element)
    {
        var part = name.Length == 0 ? attribute : attribute.FindSubAttribute(name)!;
        return element.TryGetValue(name, out var held)
            && string.Equals(
                held.ToString(),
                value.ToString(),
                part.CaseExact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase
            );
    }

    private static bool IsSuggested(AttributeDefinition attribute, string name, JsonNode value) =>
        name == "primary"
            ? value.GetValue<bool>()
            : attribute.FindSubAttribute(name)!.CanonicalValues.Contains(value.ToString(), StringComparer.OrdinalIgnoreCase);

    private static Dictionary<string, JsonNode> Copy(Dictionary<string, JsonNode> element) =>
        element.ToDictionary(part => part.Key, part => part.Value.DeepClone());

    private static void Refuse(bool condition, ScimErrorType type)
    {
        if (condition)
        {
            throw new RefusedException(type);
        }
    }

    private void CheckRequired()
    {
        foreach (var attribute in type.Schema.Attributes.Where(attribute => attribute.Required))
        {
            Refuse(string.IsNullOrWhiteSpace(_singles.GetValueOrDefault(attribute.Name)?.ToString()), ScimErrorType.InvalidValue);
        }
    }

    private void Load(JsonObject document)
    {
        foreach (var (name, attribute, holder) in Places(document))
        {
            switch (holder[attribute.Name])
            {
                case null:
                    break;
                case JsonArray list:
                    _lists[name] = [.. list.Select(element => Element(attribute, element!))];
                    break;
                case JsonObject complex:
                    foreach (var (part, value) in complex)
                    {
                        _singles[$"{name}.{part}"] = value!.DeepClone();
                    }

                    break;
                case var simple:
                    _singles[name] = simple.DeepClone();
                    break;
            }
        }
    }

    private JsonObject Save()
    {
        var document = new JsonObject();
        foreach (var extension in type.Extensions)
        {
            document[extension.Schema.Id] = new JsonObject();
        }

        foreach (var (name, attribute, holder) in Places(document))
        {
            if (_lists.TryGetValue(name, out var list) && list.Count > 0)
            {
                holder[attribute.Name] = new JsonArray([.. list.Select(Json)]);
            }
            else if (_singles.TryGetValue(name, out var simple))
            {
                holder[attribute.Name] = simple.DeepClone();
            }
            else if (attribute.SubAttributes.Any(part => _singles.ContainsKey($"{name}.{part.Name}")))
            {
                holder[attribute.Name] = new JsonObject(
                    attribute
                        .SubAttributes.Where(part => _singles.ContainsKey($"{name}.{part.Name}"))
                        .Select(part => KeyValuePair.Create(part.Name, (JsonNode?)_singles[$"{name}.{part.Name}"].DeepClone()))
                );
            }
        }

        foreach (var extension in type.Extensions.Where(extension => document[extension.Schema.Id]!.AsObject().Count == 0))
        {
            document.Remove(extension.Schema.Id);
        }

        return document;
    }

    private static JsonNode Json(Dictionary<string, JsonNode> element) =>
        element.TryGetValue("", out var simple)
            ? simple.DeepClone()
            : new JsonObject(element.Select(part => KeyValuePair.Create(part.Key, (JsonNode?)part.Value.DeepClone())));

    private IEnumerable<(string Name, AttributeDefinition Attribute, JsonObject Holder)> Places(JsonObject document) =>
        type
            .Schema.Attributes.Select(attribute => (attribute.Name, attribute, document))
            .Concat(
                type.Extensions.Where(extension => document.ContainsKey(extension.Schema.Id))
                    .SelectMany(extension =>
                        extension.Schema.Attributes.Select(attribute =>
                            (
                                string.Create(CultureInfo.InvariantCulture, $"{extension.Schema.Id}:{attribute.Name}"),
                                attribute,
                                document[extension.Schema.Id]!.AsObject()
                            )
                        )
                    )
            );

    private sealed class RefusedException(ScimErrorType type) : Exception
    {
        public ScimErrorType Type { get; } = type;
    }
}

/// <summary>One operation: on what its path names, or on each of the attributes that its value names.</summary>
/// <param name="Kind"><c>add</c>, <c>remove</c> or <c>replace</c>.</param>
/// <param name="Json">As it is sent.</param>
internal sealed record ModelOperation(string Kind, bool HasPath, IReadOnlyList<ModelStep> Steps, string Json);

/// <param name="Name">Of the attribute, behind the URN of its extension if it is of one.</param>
/// <param name="Part">The sub-attribute.</param>
internal sealed record ModelStep(
    string Name,
    AttributeDefinition Attribute,
    ModelFilter? Filter,
    AttributeDefinition? Part,
    JsonNode? Value
);

/// <summary>A filter in brackets.</summary>
/// <param name="Description">The parts that a value has which it selects, where it consists of equalities of type and primary.</param>
internal sealed record ModelFilter(
    string Text,
    Func<IReadOnlyDictionary<string, JsonNode>, bool> Holds,
    Dictionary<string, JsonNode>? Description
);
