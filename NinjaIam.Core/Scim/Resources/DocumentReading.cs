using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>A POST or PUT as it was understood.</summary>
/// <param name="Document">What to store on POST. On PUT, <see cref="Replace"/> adds what the body leaves alone.</param>
/// <param name="MemberIds">The members of a group, or null if the body does not mention them.</param>
/// <param name="Mentioned">Attributes and extension URNs that the body names, even with null; extension attributes as <c>URN:name</c>.</param>
public sealed record DocumentReading(
    JsonObject Document,
    IReadOnlyList<string>? MemberIds,
    IReadOnlySet<string> Mentioned,
    IReadOnlyList<Repair> Repairs
)
{
    /// <summary>
    /// What a PUT makes of the stored document: everything the client may write is set or cleared, except that <c>active</c> and
    /// whole extensions stay as they are unless the body mentions them.
    /// </summary>
    public ScimOutcome<DocumentReplacement> Replace(JsonObject stored, ResourceType type)
    {
        var repairs = new List<Repair>(Repairs);
        var document = Document.DeepClone().AsObject();
        Keep("active");
        foreach (var extension in type.Extensions)
        {
            Keep(extension.Schema.Id);
        }

        if (type.HasMembers && MemberIds is null)
        {
            repairs.Add(new Repair(DialectRules.KeptOnReplace, ResourceType.MembersAttribute));
        }

        foreach (var attribute in type.CoreAttributes.Where(attribute => attribute.Mutability == Mutability.Immutable))
        {
            if (stored[attribute.Name] is not { } held)
            {
                continue;
            }

            if (document[attribute.Name] is { } wanted && !JsonNode.DeepEquals(held, wanted))
            {
                return ScimError.Mutability(
                    $"{attribute.Name} can't be changed once it has a value. Send the value it has, or leave it out."
                );
            }

            document[attribute.Name] = held.DeepClone();
        }

        document = ResourceDocument.InOrder(type, document);
        return new DocumentReplacement(document, !ResourceDocument.AreEqual(document, stored), repairs);

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
