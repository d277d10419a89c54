using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Patching;

/// <summary>Applies a PATCH to a stored document: all operations in order, or none. The document given is left as it is.</summary>
public static class PatchApplier
{
    /// <summary>Each turn from adding to removing is work of its own for the one writer; nobody needs as many.</summary>
    public const int MostMemberSteps = 1_000;

    /// <param name="id">The id of the resource, for clients that send it along.</param>
    public static ScimOutcome<PatchResult> Apply(PatchRequest request, ResourceType type, string id, JsonObject document)
    {
        var findings = new Findings();
        foreach (var repair in request.Repairs)
        {
            findings.Note(repair.Rule, repair.Target);
        }

        var application = new PatchApplication(type, id, document, document.DeepClone().AsObject(), findings);
        for (var index = 0; index < request.Operations.Count; index++)
        {
            application.Apply(request.Operations[index]);
            if (findings.Error is { } error)
            {
                return error with { Detail = $"Operation {index + 1}: {error.Detail}" };
            }
        }

        var changed = application.Complete();
        var members = MemberChange.Merge(application.MemberChanges);
        if (members.Count > MostMemberSteps)
        {
            findings.Refuse(
                ScimError.PayloadTooLarge(
                    $"The request adds and removes members in more than {MostMemberSteps} turns. Split it into several requests."
                )
            );
        }

        return findings.Error is { } refusal
            ? refusal
            : new PatchResult(changed, !ResourceDocument.AreEqual(document, changed), members, findings.Repairs);
    }
}
