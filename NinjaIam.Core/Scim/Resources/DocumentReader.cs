using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>Reads the body of a POST or PUT into the document that is stored. The body is left as it is.</summary>
public static class DocumentReader
{
    /// <param name="isReplacement">The body is to replace a document, which may have what is required and the body leaves alone.</param>
    public static ScimOutcome<DocumentReading> Read(JsonObject body, ResourceType type, bool isReplacement = false)
    {
        var findings = new Findings();
        var declared = SchemasReader.Read(body, type, findings);
        var sent = SentAttributes.Of(body, type, findings);
        foreach (var extension in sent.Extensions)
        {
            if (declared is not null && !declared.Contains(extension.Id))
            {
                findings.Note(DialectRules.UndeclaredExtension, extension.Id);
            }
        }

        var values = new ValueReader(findings);
        var document = new JsonObject();
        var mentioned = sent.Extensions.Select(extension => extension.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<string>? memberIds = null;
        foreach (var (path, value) in sent.Attributes)
        {
            var attribute = path.Attribute;
            if (attribute.Mutability == Mutability.ReadOnly || path.Definition.Mutability == Mutability.ReadOnly)
            {
                // The client says its schemas and may echo what it read; neither is worth a note each time.
                if (!ReferenceEquals(attribute, CommonAttributes.Schemas))
                {
                    findings.Note(DialectRules.ReadOnlyAttribute, path.ToString());
                }

                continue;
            }

            mentioned.Add(path.Extension is null ? attribute.Name : $"{path.Extension.Id}:{attribute.Name}");
            if (attribute.IsDiscarded)
            {
                findings.Note(DialectRules.PasswordNotKept, path.ToString());
            }
            else if (type.HasMembers && path.Extension is null && attribute.Name == ResourceType.MembersAttribute)
            {
                memberIds = MemberReader.Read(value, findings);
            }
            else
            {
                ResourceDocument.Join(document, path, values.Read(path.Definition, path.ToString(), value));
            }
        }

        if (!isReplacement)
        {
            RequiredAttributes.Check(type, document, findings);
        }

        return findings.Error is { } error
            ? error
            : new DocumentReading(ResourceDocument.InOrder(type, document), memberIds, mentioned, findings.Repairs);
    }
}
