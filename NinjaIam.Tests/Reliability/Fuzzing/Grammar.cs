using System.Globalization;
using System.Text;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Tests.Reliability.Fuzzing;

/// <summary>
/// Draws what the grammars of RFC 7643 and 7644 allow, for every attribute there is: mostly with values of the right type, and few of them,
/// so that requests meet each other.
/// </summary>
internal sealed class Grammar(Random random, SchemaRegistry schemas)
{
    private const int Recent = 40;

    private static readonly string[] Texts =
    [
        "",
        " ",
        "a",
        "A",
        "ab",
        "B",
        "b a",
        "%",
        "_",
        "\\",
        "'",
        "\"",
        "{\"value\":\"a\"}",
        "İ",
        "ı",
        "ß",
        "SS",
        "\u212a",
        "ﬁ",
        "e\u0301",
        "É",
        "😀",
        "\uffff",
        "\u0001",
        "true",
        "5",
        "null",
        "work",
        "Home",
        "+49 30 1",
        "https://contoso.com/a",
        "urn:a",
    ];

    private static readonly string[] Numbers =
    [
        "0",
        "-0",
        "1",
        "1.0",
        "-1",
        "2",
        "0.1",
        "1e2",
        "9007199254740993",
        "9223372036854775807",
        "79228162514264337593543950335",
        "1e-40",
    ];

    private static readonly string[] Dates =
    [
        "2026-01-01T00:00:00Z",
        "2026-01-01T01:00:00+01:00",
        "2026-11-23T12:00:00Z",
        "2026-11-23T12:00:00.000Z",
        "2025-12-31T23:59:59.9999999Z",
        "2026-01-01T00:00:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2026-02-30T00:00:00Z",
    ];

    private static readonly string[] Operators = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "Eq", "CO"];
    private static readonly string[] Kinds = ["add", "remove", "replace", "Add", "Replace"];
    private static readonly string[] Odd =
    [
        "null",
        "[]",
        "{}",
        "\"\"",
        "true",
        "7",
        "\"False\"",
        "[null]",
        "[[\"a\"]]",
        "{\"value\":\"a\"}",
    ];

    private readonly Dictionary<string, List<string>> _ids = [];

    /// <summary>There is a resource from now on that requests may name.</summary>
    public void Know(ResourceType type, string id)
    {
        if (!_ids.TryGetValue(type.Name, out var known))
        {
            _ids.Add(type.Name, known = []);
        }

        known.Remove(id);
        known.Add(id);
        if (known.Count > Recent)
        {
            known.RemoveAt(0);
        }
    }

    public void Forget(ResourceType type, string id) => _ids[type.Name].Remove(id);

    /// <summary>Mostly of a resource there is.</summary>
    public string Id(ResourceType type) =>
        _ids.TryGetValue(type.Name, out var known) && known.Count > 0 && random.Next(30) > 0 ? One(known) : Guid.Empty.ToString();

    public ResourceType Type() => One(schemas.ResourceTypes);

    public T One<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];

    /// <summary>A filter of RFC 7644, section 3.4.2.2.</summary>
    public string Filter(ResourceType type) => Logical(() => Term(type), random.Next(4));

    /// <summary>A path of RFC 7644, figure 7, and the attribute it ends at.</summary>
    public (string Text, AttributeDefinition Attribute) Path(ResourceType type)
    {
        var (name, attribute) = Attribute(type);
        var part = attribute.IsComplex ? One(attribute.SubAttributes) : null;
        var filter =
            attribute is { IsComplex: true, MultiValued: true } && random.Next(2) == 0
                ? $"[{Logical(() => Leaf(Named(One(attribute.SubAttributes))), random.Next(2))}]"
                : "";
        return part is not null && random.Next(2) == 0 ? ($"{name}{filter}.{part.Name}", part) : (name + filter, attribute);
    }

    /// <summary>A value for a POST or a PUT.</summary>
    public string Document(ResourceType type)
    {
        var members = new List<string>();
        if (random.Next(3) > 0)
        {
            members.Add($"\"schemas\":[{Quote(type.Schema.Id)}]");
        }

        if (random.Next(2) == 0)
        {
            members.Add($"\"externalId\":\"e{random.Next(200)}\"");
        }

        foreach (var attribute in type.Schema.Attributes)
        {
            if (attribute.Required)
            {
                members.Add($"{Quote(attribute.Name)}:{Name(type)}");
            }
            else if (random.Next(4) == 0)
            {
                members.Add($"{Quote(Spelled(attribute.Name))}:{Value(type, attribute)}");
            }
        }

        foreach (var schema in type.Extensions.Select(extension => extension.Schema).Where(_ => random.Next(3) == 0))
        {
            var values = schema
                .Attributes.Where(attribute => attribute.Required || random.Next(2) == 0)
                .Select(attribute => $"{Quote(attribute.Name)}:{Value(type, attribute)}");
            members.Add($"{Quote(schema.Id)}:{{{string.Join(',', values)}}}");
        }

        return $"{{{string.Join(',', members)}}}";
    }

    /// <summary>The body of a PATCH.</summary>
    public string Patch(ResourceType type) =>
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
        + $"{string.Join(',', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Operation(type)))}]}}";

    /// <summary>A PATCH with one operation on this path.</summary>
    public string Patch(ResourceType type, string path, AttributeDefinition attribute) =>
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
        + $"{{\"op\":\"{One(Kinds)}\",\"path\":{Quote(path)},\"value\":{Value(type, attribute)}}}]}}";

    public string Bulk()
    {
        var operations = Enumerable.Range(0, random.Next(1, 9)).Select(BulkOperation);
        var failOnErrors = random.Next(4) == 0 ? $"\"failOnErrors\":{random.Next(1, 4)}," : "";
        return "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],"
            + $"{failOnErrors}\"Operations\":[{string.Join(',', operations)}]}}";
    }

    /// <summary>What stands behind the question mark of a query.</summary>
    public string Query(ResourceType type)
    {
        var parts = new List<string>();
        Sometimes(() => $"filter={Uri.EscapeDataString(Filter(type))}");
        Sometimes(() => $"{One(["attributes", "excludedAttributes"])}={string.Join(',', Names(type).Select(Uri.EscapeDataString))}");
        Sometimes(() => $"sortBy={Uri.EscapeDataString(Attribute(type).Name)}");
        Sometimes(() => $"sortOrder={One(["ascending", "descending", "Descending"])}");
        Sometimes(() => random.Next(3) == 0 ? "cursor=" : $"startIndex={random.Next(-2, 30)}");
        Sometimes(() => $"count={random.Next(-2, 30)}");
        return string.Join('&', parts);

        void Sometimes(Func<string> part)
        {
            if (random.Next(3) == 0)
            {
                parts.Add(part());
            }
        }
    }

    /// <summary>A text as JSON, also one that is not valid Unicode.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var unit in text)
        {
            quoted = unit is >= ' ' and <= '~' and not ('"' or '\\')
                ? quoted.Append(unit)
                : quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
        }

        return quoted.Append('"').ToString();
    }

    private IEnumerable<string> Names(ResourceType type) => Enumerable.Range(0, random.Next(1, 4)).Select(_ => Path(type).Text);

    private string BulkOperation(int index)
    {
        var type = Type();
        var method = One(["POST", "POST", "PUT", "PATCH", "DELETE"]);
        var target =
            method == "POST" ? type.Endpoint
            : random.Next(3) == 0 ? $"{type.Endpoint}/bulkId:b{random.Next(6)}"
            : $"{type.Endpoint}/{Id(type)}";
        var data = method switch
        {
            "DELETE" => "",
            "PATCH" => $",\"data\":{Patch(type)}",
            _ => $",\"data\":{Document(type)}",
        };
        var bulkId = random.Next(20) == 0 ? random.Next(6) : index;
        return $"{{\"method\":\"{method}\",\"bulkId\":\"b{bulkId}\",\"path\":\"{target}\"{data}}}";
    }

    private string Operation(ResourceType type)
    {
        if (random.Next(5) == 0)
        {
            return $"{{\"op\":\"{One(Kinds)}\",\"value\":{Document(type)}}}";
        }

        var (path, attribute) = Path(type);
        var value = random.Next(8) == 0 ? "" : $",\"value\":{Value(type, attribute)}";
        return $"{{\"op\":\"{One(Kinds)}\",\"path\":{Quote(path)}{value}}}";
    }

    private string Logical(Func<string> term, int depth) =>
        (depth == 0 ? 0 : random.Next(5)) switch
        {
            1 => $"not ({Logical(term, depth - 1)})",
            2 => $"({Logical(term, depth - 1)}) and {Logical(term, depth - 1)}",
            3 => $"{Logical(term, depth - 1)} or {Logical(term, depth - 1)}",
            4 => $"({Logical(term, depth - 1)})",
            _ => term(),
        };

    private string Term(ResourceType type)
    {
        var (name, attribute) = Attribute(type);
        return !attribute.IsComplex ? Leaf((name, attribute))
            : !attribute.MultiValued || random.Next(2) == 0
                ? One(attribute.SubAttributes) is var part && random.Next(6) > 0 ? Leaf(($"{name}.{part.Name}", part))
                    : Leaf((name, attribute))
            : $"{name}[{Logical(() => Leaf(Named(One(attribute.SubAttributes))), random.Next(3))}]"
                + (random.Next(8) == 0 ? ".value eq \"a\"" : "");
    }

    private string Leaf((string Name, AttributeDefinition Attribute) named) =>
        random.Next(8) == 0 ? $"{named.Name} pr" : $"{named.Name} {One(Operators)} {Literal(named.Attribute)}";

    private string Literal(AttributeDefinition attribute) =>
        random.Next(20) == 0
            ? One(["null", "true", "a", "\"a\"", "5", "\"2026-01-01T00:00:00Z\""])
            : attribute.Type switch
            {
                AttributeType.Boolean => One(["true", "false", "\"True\""]),
                AttributeType.Integer or AttributeType.Decimal => One(Numbers),
                AttributeType.DateTime => Quote(One(Dates)),
                _ => Quote(TextFor(attribute)),
            };

    private (string Name, AttributeDefinition Attribute) Attribute(ResourceType type)
    {
        if (type.Extensions.Count == 0 || random.Next(4) > 0)
        {
            var attribute = One(type.CoreAttributes);
            return (random.Next(12) == 0 ? $"{type.Schema.Id}:{attribute.Name}" : Spelled(attribute.Name), attribute);
        }

        var schema = One(type.Extensions).Schema;
        var own = One(schema.Attributes);
        return (random.Next(12) == 0 ? own.Name : $"{schema.Id}:{Spelled(own.Name)}", own);
    }

    private string Spelled(string name) => random.Next(12) == 0 ? name.ToUpperInvariant() : name;

    private static (string, AttributeDefinition) Named(AttributeDefinition attribute) => (attribute.Name, attribute);

    private string Value(ResourceType type, AttributeDefinition attribute)
    {
        if (random.Next(14) == 0)
        {
            return One(Odd);
        }

        if (type.HasMembers && attribute.Name == ResourceType.MembersAttribute)
        {
            var people = Enumerable.Range(0, random.Next(4)).Select(_ => $"{{\"value\":\"{Id(schemas.User)}\"}}");
            return $"[{string.Join(',', people)}]";
        }

        return attribute.MultiValued && random.Next(6) > 0
            ? $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Single(type, attribute)))}]"
            : Single(type, attribute);
    }

    private string Single(ResourceType type, AttributeDefinition attribute)
    {
        if (attribute.IsComplex)
        {
            var parts = attribute
                .SubAttributes.Where(part => part.Required || random.Next(2) == 0)
                .Select(part => $"{Quote(part.Name)}:{Value(type, part)}");
            return $"{{{string.Join(',', parts)}}}";
        }

        return attribute.Type switch
        {
            AttributeType.Boolean => One(["true", "false", "false", "\"True\""]),
            AttributeType.Integer or AttributeType.Decimal => One(Numbers),
            AttributeType.DateTime => Quote(One(Dates)),
            _ when ReferenceEquals(attribute, type.NameAttribute) => Name(type),
            _ => Quote(TextFor(attribute)),
        };
    }

    private string TextFor(AttributeDefinition attribute) =>
        attribute.CanonicalValues.Count > 0 && random.Next(3) > 0 ? One(attribute.CanonicalValues)
        : attribute.Name is "value" or "id" && random.Next(4) == 0 ? Id(schemas.User)
        : attribute.Name == "userName" ? $"p{random.Next(200)}@contoso.com"
        : attribute.Type == AttributeType.Binary && random.Next(4) > 0 ? One(["", "YQ==", "YWI=", "-_8"])
        : random.Next(4) == 0 ? One(Texts) + One(Texts)
        : One(Texts);

    // Names are unique, so there are enough of them that most are free.
    private string Name(ResourceType type) =>
        type.HasAccounts ? $"\"p{random.Next(200)}@contoso.com\"" : Quote($"{One(Texts)}{random.Next(200)}");
}
