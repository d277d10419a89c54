using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>A POST or PUT as it was understood.</summary>
/// <param name="Document">What to store on POST. On PUT, <see cref="Replace"/> adds what the body leaves alone, and checks what is required.</param>
/// <param name="MemberIds">The members of a group, or null if the body does not mention them.</param>
/// <param name="Mentioned">Attributes and extension URNs that the body names, even with null; extension attributes as <c>URN:name</c>.</param>
public sealed record DocumentReading(
    JsonObject Document,
    IReadOnlyList<string>? MemberIds,
    IReadOnlySet<string> Mentioned,
    IReadOnlyList<Repair> Repairs
)
{
    /// <summary>The attributes that the body names.</summary>
    public IEnumerable<AttributePath> Paths(ResourceType type) =>
        Mentioned.Select(type.Resolve).OfType<PathResolution.Found>().Select(found => found.Path);

    /// <summary>
    /// What a PUT makes of the stored document: everything the client may write is set or cleared, except that <c>active</c> and
    /// whole extensions stay as they are unless the body mentions them.
    /// </summary>
    public ScimOutcome<DocumentReplacement> Replace(JsonObject stored, ResourceType type)
    {
        var repairs = new List<Repair>(Repairs);
        var document = Document.DeepClone().AsObject();
        if (type.HasAccounts)
        {
            Keep("active");
        }

        foreach (var extension in type.Extensions)
        {
            Keep(extension.Schema.Id);
        }

        // Who sends back what was read can't know them.
        foreach (var path in type.SecretPaths)
        {
            if (path is { SubAttribute: { } part, Attribute.MultiValued: true })
            {
                KeepSecretInValues(path, part);
            }
            else
            {
                KeepSecret(path);
            }
        }

        if (type.HasMembers && MemberIds is null)
        {
            repairs.Add(new Repair(DialectRules.KeptOnReplace, ResourceType.MembersAttribute));
        }

        if (ImmutableAttributes.Keep(type, stored, document) is { } refusal)
        {
            return refusal;
        }

        document = ResourceDocument.InOrder(type, document);
        var findings = new Findings();
        RequiredAttributes.Check(type, document, findings);
        if (findings.Error is { } error)
        {
            return error;
        }

        return new DocumentReplacement(document, !ResourceDocument.AreEqual(document, stored), repairs);

        void KeepSecret(AttributePath path)
        {
            var isLeftOut = path.SubAttribute is null
                ? !Mentioned.Contains(path.ToString())
                : ResourceDocument.Find(document, path with { SubAttribute = null }) is JsonObject;
            if (isLeftOut && ResourceDocument.Find(document, path) is null && ResourceDocument.Find(stored, path) is { } kept)
            {
                ResourceDocument.Set(document, path, kept.DeepClone());
                repairs.Add(new Repair(DialectRules.KeptOnReplace, path.ToString()));
            }
        }

        void KeepSecretInValues(AttributePath path, AttributeDefinition part)
        {
            var whole = path with { SubAttribute = null };
            var secrets = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
            foreach (var value in (ResourceDocument.Find(stored, whole) as JsonArray)?.OfType<JsonObject>() ?? [])
            {
                if (value[part.Name] is { } secret)
                {
                    secrets.TryAdd(ValueLists.VisibleIdentity(path.Attribute, value), secret);
                }
            }

            foreach (var value in (ResourceDocument.Find(document, whole) as JsonArray)?.OfType<JsonObject>() ?? [])
            {
                if (value[part.Name] is null && secrets.Remove(ValueLists.VisibleIdentity(path.Attribute, value), out var kept))
                {
                    value[part.Name] = kept.DeepClone();
                    repairs.Add(new Repair(DialectRules.KeptOnReplace, path.ToString()));
                }
            }
        }

        void Keep(string name)
        {
            if (!Mentioned.Contains(name) && stored[name] is { } kept)
            {
                document[name] = kept.DeepClone();
                repairs.Add(new Repair(DialectRules.KeptOnReplace, name));
            }
        }
    }
}

/// <param name="Changed">False when the document is what it was before. Members are not considered.</param>
public sealed record DocumentReplacement(JsonObject Document, bool Changed, IReadOnlyList<Repair> Repairs);
