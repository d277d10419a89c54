using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>Sees to it that what may be given a value once keeps it.</summary>
internal static class ImmutableAttributes
{
    /// <summary>The refusal of a changed document, or null.</summary>
    public static ScimError? Check(ResourceType type, JsonObject before, JsonObject after)
    {
        foreach (var path in type.ImmutablePaths)
        {
            if (ResourceDocument.Find(before, path) is { } held && !JsonNode.DeepEquals(held, ResourceDocument.Find(after, path)))
            {
                return Refuse(path.ToString());
            }
        }

        return null;
    }

    /// <summary>Gives a document that replaces another what it leaves out; the refusal where it says something else, or null.</summary>
    public static ScimError? Keep(ResourceType type, JsonObject before, JsonObject after)
    {
        foreach (var path in type.ImmutablePaths)
        {
            if (ResourceDocument.Find(before, path) is not { } held)
            {
                continue;
            }

            var wanted = ResourceDocument.Find(after, path);
            if (wanted is not null && !JsonNode.DeepEquals(held, wanted))
            {
                return Refuse(path.ToString());
            }

            // Of a complex value that is left out a part alone would be another value.
            var whole = path with
            {
                SubAttribute = null,
            };
            var kept = ResourceDocument.Find(after, whole) is null ? whole : path;
            ResourceDocument.Set(after, kept, ResourceDocument.Find(before, kept)!.DeepClone());
        }

        return null;
    }

    /// <summary>The refusal of a changed value of a multi-valued attribute, or null.</summary>
    public static ScimError? Check(AttributeDefinition attribute, JsonObject before, JsonObject after)
    {
        var changed = attribute.SubAttributes.FirstOrDefault(part =>
            part.Mutability == Mutability.Immutable && before[part.Name] is { } held && !JsonNode.DeepEquals(held, after[part.Name])
        );
        return changed is null ? null : Refuse($"{attribute.Name}.{changed.Name}");
    }

    public static ScimError Refuse(string path) =>
        ScimError.Mutability($"{path} can't be changed once it has a value. Send the value it has, or leave it out.");
}
