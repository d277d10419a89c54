using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NinjaIam.Core.Journal.Requests;

/// <summary>
/// Reads a JSON body token by token and writes it again without its values, except those of a short list. The body may be cut off
/// anywhere; what was open is closed then, so that the result is JSON again.
/// </summary>
internal sealed partial class BodyRedaction
{
    private const int LongestText = 8 * 1024;
    private const int LongestGroupName = 200;
    private const int MaxDepth = 64;

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // Of a client that sends the same name twice, both are shown.
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Stack<Container> _open = new();
    private readonly bool _isAnswer;
    private readonly bool _isGroup;
    private string? _name;

    private BodyRedaction(bool isAnswer, bool isGroup) => (_isAnswer, _isGroup) = (isAnswer, isGroup);

    /// <param name="isAnswer">Whether it is ours: then the words of an error stay, without what they quote.</param>
    /// <param name="isGroup">Whether the names in it are of groups.</param>
    public static LoggedBody Redact(BodyCopy body, bool isAnswer, bool isGroup) =>
        body.Size == 0 ? new LoggedBody(null, 0, false) : new BodyRedaction(isAnswer, isGroup).Redact(body);

    private LoggedBody Redact(BodyCopy body)
    {
        using var json = new Utf8JsonWriter(_buffer, Options);
        var reader = new Utf8JsonReader(body.Bytes, body.IsWhole, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth }));
        var isCut = !body.IsWhole;
        try
        {
            while (reader.Read())
            {
                if (json.BytesCommitted + json.BytesPending > LongestText)
                {
                    isCut = true;
                    break;
                }

                Copy(ref reader, json);
            }
        }
        catch (JsonException)
        {
            // What comes after the mistake means nothing; the refusal says where it is.
            isCut = true;
        }

        while (_open.TryPop(out var container))
        {
            Close(json, container.IsList);
        }

        json.Flush();
        return new LoggedBody(_buffer.WrittenCount == 0 ? null : Encoding.UTF8.GetString(_buffer.WrittenSpan), body.Size, isCut);
    }

    private void Copy(ref Utf8JsonReader reader, Utf8JsonWriter json)
    {
        // A name is written with its value, which may have been cut off.
        if (_name is not null)
        {
            json.WritePropertyName(_name);
            _name = null;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                json.WriteStartObject();
                _open.Push(Inner(isList: false));
                break;
            case JsonTokenType.StartArray:
                json.WriteStartArray();
                _open.Push(Inner(isList: true));
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                Close(json, _open.Pop().IsList);
                break;
            case JsonTokenType.PropertyName:
                var name = TextOf(ref reader);
                _open.Peek().Property = name;
                _name = Redaction.AttributePath(name);
                break;
            case JsonTokenType.String:
                json.WriteStringValue(Kept(TextOf(ref reader)));
                break;
            case JsonTokenType.Number:
                Number(ref reader, json);
                break;
            case JsonTokenType.Null:
                json.WriteNullValue();
                break;
            default:
                json.WriteBooleanValue(reader.GetBoolean());
                break;
        }
    }

    private static void Close(Utf8JsonWriter json, bool isList)
    {
        if (isList)
        {
            json.WriteEndArray();
        }
        else
        {
            json.WriteEndObject();
        }
    }

    // Broken Unicode is read as what stands for it, and so is never on the list.
    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    /// <summary>What a container that begins here is the value of.</summary>
    private Container Inner(bool isList)
    {
        if (!_open.TryPeek(out var outer))
        {
            return new Container(isList, null, null);
        }

        var (owner, attribute) = Place(outer);
        var isOperation = !isList && outer.IsList && Is(attribute, "Operations");
        // What stands in a list of resources, or is sent or answered by an operation of a bulk request, is a body of its own.
        var isBody = Is(attribute, "Resources") || (outer.IsOperation && (Is(attribute, "data") || Is(attribute, "response")));
        return new Container(isList, isBody ? null : attribute, isBody ? null : owner) { IsOperation = isOperation };
    }

    /// <summary>The attribute that a value here belongs to, and what that attribute is a part of; null where nobody can tell.</summary>
    private static (string? Owner, string? Attribute) Place(Container container)
    {
        if (container.IsList)
        {
            return (container.Owner, container.Attribute);
        }

        if (!container.IsOperation || !Is(container.Property, "value"))
        {
            return (container.Attribute, container.Property);
        }

        // The value of an operation is a value of what its path names.
        return container.Target is { } target ? target : (null, null);
    }

    private string Kept(string text)
    {
        if (!_open.TryPeek(out var container))
        {
            return Redaction.Removed;
        }

        if (container.IsOperation && Is(container.Property, "path") && text.StartsWith('/'))
        {
            return Redaction.ResourcePath(text);
        }

        if (container.IsOperation && Is(container.Property, "path"))
        {
            container.Target = TargetOf(text);
            return Redaction.AttributePath(text);
        }

        if (container.IsOperation && Is(container.Property, "op"))
        {
            return text.ToLowerInvariant() is "add" or "replace" or "remove" ? text : Redaction.Removed;
        }

        if (container.IsOperation && OfAnOperation(container.Property, text))
        {
            return text;
        }

        var (owner, attribute) = Place(container);
        return MayStay(owner, attribute, text)
            ? text
            : attribute switch
            {
                _ when Is(attribute, "detail") && _isAnswer && owner is null => Redaction.Detail(text),
                _ when Is(attribute, "filter") && !_isAnswer && owner is null => Redaction.Filter(text),
                _ when Is(attribute, "$ref") || Is(attribute, "location") => ReferenceOf(text),
                _ => Redaction.Removed,
            };
    }

    /// <summary>The properties of an operation in a bulk request. What the client calls it may be a name.</summary>
    private static bool OfAnOperation(string? property, string text) =>
        property?.ToLowerInvariant() switch
        {
            "method" => text.ToUpperInvariant() is "POST" or "PUT" or "PATCH" or "DELETE",
            "status" => text.Length == 3 && text.All(char.IsAsciiDigit),
            "version" => EntityTag().IsMatch(text),
            _ => false,
        };

    private bool MayStay(string? owner, string? attribute, string text) =>
        attribute?.ToLowerInvariant() switch
        {
            "schemas" => Redaction.IsSchema(text),
            "id" or "externalid" or "members" => Redaction.IsId(text),
            "value" => owner?.ToLowerInvariant() is "members" or "groups" or "manager" && Redaction.IsId(text),
            "active" or "primary" => bool.TryParse(text, out _),
            "usertype" => Word().IsMatch(text),
            "organizationid" => Organizations().IsMatch(text),
            "displayname" => _isGroup && owner is null && text.Length <= LongestGroupName,
            "type" => text.ToLowerInvariant()
                is "work"
                    or "home"
                    or "other"
                    or "mobile"
                    or "fax"
                    or "pager"
                    or "direct"
                    or "user"
                    or "group",
            "scimtype" => _isAnswer && Word().IsMatch(text),
            "status" => _isAnswer && text.Length == 3 && text.All(char.IsAsciiDigit),
            "attributes" or "excludedattributes" or "sortby" => !_isAnswer && owner is null && Redaction.IsName(text),
            "sortorder" => owner is null && text.ToLowerInvariant() is "ascending" or "descending",
            "resourcetype" => Is(owner, "meta") && Word().IsMatch(text),
            "created" or "lastmodified" or "version" => _isAnswer && Is(owner, "meta"),
            _ => false,
        };

    private void Number(ref Utf8JsonReader reader, Utf8JsonWriter json)
    {
        var stays =
            _open.TryPeek(out var container)
            && Place(container).Attribute?.ToLowerInvariant()
                is "totalresults"
                    or "itemsperpage"
                    or "startindex"
                    or "count"
                    or "failonerrors"
                    or "organizationid";
        if (stays && reader.TryGetInt64(out var number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(Redaction.Removed);
        }
    }

    /// <summary><c>emails[type eq "work"].value</c> is the part value of emails.</summary>
    private static (string? Owner, string? Attribute) TargetOf(string path)
    {
        var plain = Brackets().Replace(path, "");
        var name = plain[(plain.LastIndexOf(':') + 1)..];
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? (null, name) : (name[..dot], name[(dot + 1)..]);
    }

    private static string ReferenceOf(string text) =>
        Reference().Match(text) is { Success: true } match ? Redaction.Removed + match.Value : Redaction.Removed;

    private static bool Is(string? name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^[A-Za-z][A-Za-z _-]{0,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex("^(W/)?\"[0-9]{1,19}\"$", RegexOptions.CultureInvariant)]
    private static partial Regex EntityTag();

    [GeneratedRegex("^([Aa][Ll][Ll]|[0-9]{1,9}( ?, ?[0-9]{1,9})*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Organizations();

    [GeneratedRegex(@"\[.*\]", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Brackets();

    [GeneratedRegex("/(Users|Groups)/[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    /// <summary>An object or a list that is open.</summary>
    private sealed class Container(bool isList, string? attribute, string? owner)
    {
        public bool IsList { get; } = isList;

        /// <summary>The attribute whose value it is; null for the body itself and for the resources of a list.</summary>
        public string? Attribute { get; } = attribute;

        public string? Owner { get; } = owner;

        /// <summary>The name that came last in an object.</summary>
        public string? Property { get; set; }

        public bool IsOperation { get; init; }

        /// <summary>What the path of an operation names, once it came.</summary>
        public (string? Owner, string? Attribute)? Target { get; set; }
    }
}
