using System.Text.Json;
using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>Reads the ids of members. Whether they exist is for the caller to find out.</summary>
internal static class MemberReader
{
    /// <summary>Each id once, in the order sent.</summary>
    /// <param name="anyType">Members of other types are named too, as when they are to be removed.</param>
    public static IReadOnlyList<string> Read(JsonNode? value, Findings findings, bool anyType = false)
    {
        if (value is null)
        {
            findings.Note(DialectRules.EmptyValue, "members");
            return [];
        }

        if (value is not JsonArray list)
        {
            findings.Note(DialectRules.SingleValueForList, "members");
            return ReadId(value, findings, anyType) is { } only ? [only] : [];
        }

        var ids = new List<string>(list.Count);
        var seen = new HashSet<string>(list.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var element in list)
        {
            if (ReadId(element, findings, anyType) is not { } id)
            {
                continue;
            }

            if (seen.Add(id))
            {
                ids.Add(id);
            }
            else
            {
                findings.Note(DialectRules.DuplicateValue, "members");
            }
        }

        return ids;
    }

    private static string? ReadId(JsonNode? element, Findings findings, bool anyType)
    {
        switch (element)
        {
            case JsonObject member
                when !anyType && Text(Property(member, "type")) is { } type && !type.Equals("User", StringComparison.OrdinalIgnoreCase):
                findings.Refuse(
                    ScimError.InvalidValue(
                        $"A member of type \"{type}\" can't be added: groups hold users only. Assign the users of the inner group instead."
                    )
                );
                return null;
            case JsonObject member when Text(Property(member, "value")) is { Length: > 0 } id:
                return id;
            case JsonValue when Text(element) is { Length: > 0 } id:
                findings.Note(DialectRules.TextForComplexValue, "members");
                return id;
            case null:
                findings.Note(DialectRules.EmptyValue, "members");
                return null;
            default:
                findings.Refuse(
                    ScimError.InvalidValue("Each of the members must be an object with the id of a user, as in {\"value\": \"<id>\"}.")
                );
                return null;
        }
    }

    private static JsonNode? Property(JsonObject member, string name)
    {
        foreach (var (key, value) in member)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
