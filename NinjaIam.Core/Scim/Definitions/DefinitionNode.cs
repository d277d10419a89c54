using System.Text.Json;

namespace NinjaIam.Core.Scim.Definitions;

/// <summary>A value of a definition with its place. Whatever is wrong with it is added to the problems, and reading goes on.</summary>
internal sealed class DefinitionNode(JsonElement json, string source, string place, List<DefinitionProblem> problems)
{
    public string Source => source;

    public bool IsObject => json.ValueKind == JsonValueKind.Object;

    public bool IsArray => json.ValueKind == JsonValueKind.Array;

    public void Refuse(string detail)
    {
        if (problems.Count < DefinitionLimits.Problems)
        {
            problems.Add(new DefinitionProblem(source, place, detail));
        }
    }

    /// <summary>The value of a property, whose name compares without regard to letter case; null where it is missing or null.</summary>
    public DefinitionNode? Find(string name)
    {
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return property.Value.ValueKind == JsonValueKind.Null ? null : Child(property.Value, $"{place}.{property.Name}");
            }
        }

        return null;
    }

    /// <summary>Refuses properties of other names and names that stand twice: a misspelt characteristic would silently be another one.</summary>
    public void RefuseOthers(IReadOnlyCollection<string> known)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in json.EnumerateObject())
        {
            var child = Child(property.Value, $"{place}.{property.Name}");
            if (!seen.Add(property.Name))
            {
                child.Refuse("The property stands twice. Keep one of them.");
            }
            else if (!known.Contains(property.Name, StringComparer.OrdinalIgnoreCase))
            {
                child.Refuse($"The property is not known here. Remove it, or use one of {string.Join(", ", known)}.");
            }
        }
    }

    /// <summary>The elements of a list; of anything else none.</summary>
    public IReadOnlyList<DefinitionNode> Elements()
    {
        if (IsArray)
        {
            return [.. json.EnumerateArray().Select((element, index) => Child(element, $"{place}[{index}]"))];
        }

        Refuse("This must be a list. Put it in square brackets.");
        return [];
    }

    /// <summary>The elements of a list that are objects.</summary>
    public IReadOnlyList<DefinitionNode> Objects()
    {
        var objects = new List<DefinitionNode>();
        foreach (var element in Elements())
        {
            if (element.IsObject)
            {
                objects.Add(element);
            }
            else
            {
                element.Refuse("This must be an object. Put it in braces.");
            }
        }

        return objects;
    }

    /// <summary>The text, or null where it is none.</summary>
    public string? Text(int longest = DefinitionLimits.TextLength, bool mayBeEmpty = false)
    {
        if (json.ValueKind != JsonValueKind.String || json.GetString() is not { } text)
        {
            Refuse("This must be a text. Put it in quotation marks.");
            return null;
        }

        if (string.IsNullOrWhiteSpace(text) && !mayBeEmpty)
        {
            Refuse("The text is empty. Write something, or remove the property.");
            return null;
        }

        if (text.Length > longest)
        {
            Refuse($"The text has {text.Length} characters. Use at most {longest}.");
            return null;
        }

        return text;
    }

    public IReadOnlyList<string> Texts() => [.. Elements().Select(element => element.Text()).OfType<string>()];

    public bool Truth()
    {
        if (json.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return json.GetBoolean();
        }

        Refuse("This must be true or false, without quotation marks.");
        return false;
    }

    /// <summary>One of the values that words stand for.</summary>
    public T Word<T>(IReadOnlyDictionary<string, T> words, T otherwise)
    {
        if (Text() is not { } text)
        {
            return otherwise;
        }

        if (words.TryGetValue(text, out var value))
        {
            return value;
        }

        Refuse($"\"{text}\" is not known here. Use one of {string.Join(", ", words.Keys)}.");
        return otherwise;
    }

    private DefinitionNode Child(JsonElement value, string where) => new(value, source, where, problems);
}
