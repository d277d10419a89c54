using System.Text.Json;
using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Patching;

/// <summary>Reads the body of a PATCH (RFC 7644, section 3.5.2).</summary>
public static class PatchReader
{
    public const string Urn = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    /// <param name="body">As <see cref="ScimJson"/> reads it.</param>
    /// <param name="schemasRequired">False inside a bulk request, where clients leave <c>schemas</c> out.</param>
    public static ScimOutcome<PatchRequest> Read(JsonObject body, ResourceType type, bool schemasRequired = true)
    {
        var findings = new Findings();
        CheckSchemas(body["schemas"], schemasRequired, findings);
        if (body["Operations"] is not JsonArray { Count: > 0 } sent)
        {
            findings.Refuse(
                ScimError.InvalidSyntax(
                    "Operations must be a list of at least one operation. Send it as in {\"op\": \"replace\", \"path\": ..., \"value\": ...}."
                )
            );
            return findings.Error!;
        }

        var operations = new List<PatchOperation>(sent.Count);
        foreach (var element in sent)
        {
            var operation = ReadOperation(element, type, findings);
            if (findings.Error is { } error)
            {
                return error with { Detail = $"Operation {operations.Count + 1}: {error.Detail}" };
            }

            operations.Add(operation!);
        }

        return new PatchRequest(operations, findings.Repairs);
    }

    private static void CheckSchemas(JsonNode? schemas, bool required, Findings findings)
    {
        var named =
            schemas is JsonArray list && list.Any(urn => Text(urn) is { } text && text.Equals(Urn, StringComparison.OrdinalIgnoreCase));
        if (named)
        {
            return;
        }

        if (required)
        {
            findings.Refuse(ScimError.InvalidSyntax($"schemas must hold \"{Urn}\". Add it to the body."));
        }
        else
        {
            findings.Note(DialectRules.MissingPatchSchemas, "schemas");
        }
    }

    private static PatchOperation? ReadOperation(JsonNode? element, ResourceType type, Findings findings)
    {
        if (element is not JsonObject sent || Text(sent["op"]) is not { } op)
        {
            findings.Refuse(ScimError.InvalidSyntax("An operation must be an object whose \"op\" is add, remove or replace."));
            return null;
        }

        if (ReadKind(op, findings) is not { } kind)
        {
            return null;
        }

        if (kind != PatchOperationKind.Remove && !sent.ContainsKey("value"))
        {
            findings.Refuse(ScimError.InvalidValue($"{op} needs a value. Send one, or use remove to take the attribute away."));
            return null;
        }

        // The value is copied as operations outlive the body, and nodes have one parent.
        var value = sent["value"]?.DeepClone();
        switch (sent["path"])
        {
            case null:
                return WithoutPath(kind, value, findings);
            case JsonValue path when Text(path) is { } text:
                return string.IsNullOrWhiteSpace(text)
                    ? WithoutPath(kind, value, findings)
                    : new PatchOperation(kind, TargetPathReader.Read(text, type, findings), value);
            default:
                findings.Refuse(ScimError.InvalidPath("The path must be a text such as name.givenName."));
                return null;
        }
    }

    private static PatchOperation? WithoutPath(PatchOperationKind kind, JsonNode? value, Findings findings)
    {
        if (kind == PatchOperationKind.Remove)
        {
            findings.Refuse(ScimError.NoTarget("remove needs a path that says what to remove."));
            return null;
        }

        if (value is not JsonObject)
        {
            findings.Refuse(
                ScimError.InvalidValue("Without a path the value must be an object that names the attributes, as in {\"active\": false}.")
            );
            return null;
        }

        return new PatchOperation(kind, null, value);
    }

    private static PatchOperationKind? ReadKind(string op, Findings findings)
    {
        PatchOperationKind? kind = op.ToUpperInvariant() switch
        {
            "ADD" => PatchOperationKind.Add,
            "REMOVE" => PatchOperationKind.Remove,
            "REPLACE" => PatchOperationKind.Replace,
            _ => null,
        };
        if (kind is null)
        {
            findings.Refuse(ScimError.InvalidValue("The operation is unknown. Use add, remove or replace."));
        }
        else if (op.Any(char.IsUpper))
        {
            findings.Note(DialectRules.OperationLetterCase, op);
        }

        return kind;
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
