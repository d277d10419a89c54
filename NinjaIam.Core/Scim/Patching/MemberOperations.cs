using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Resources;

namespace NinjaIam.Core.Scim.Patching;

/// <summary>Turns operations on <c>members</c> into steps that need no loaded members.</summary>
internal static class MemberOperations
{
    /// <summary>Null when the operation asks for nothing or is refused.</summary>
    public static MemberChange? Read(PatchOperationKind kind, TargetPath.Selected target, JsonNode? value, Findings findings)
    {
        if (target.Path.SubAttribute is not null)
        {
            findings.Refuse(
                ScimError.Mutability(
                    $"{target.Path} can't be changed by itself. Add or remove the member, as in members[value eq \"<id>\"]."
                )
            );
            return null;
        }

        if (target.Filter is not null)
        {
            return ReadFiltered(kind, target.Filter, findings);
        }

        return kind switch
        {
            PatchOperationKind.Add => value is null or JsonArray { Count: 0 }
                ? Nothing(findings)
                : Change(MemberChangeKind.Add, MemberReader.Read(value, findings)),
            PatchOperationKind.Replace => Replace(MemberReader.Read(value, findings)),
            _ => Remove(value, findings),
        };
    }

    private static MemberChange? Remove(JsonNode? value, Findings findings)
    {
        switch (value)
        {
            case null:
                return new MemberChange(MemberChangeKind.Clear, []);
            case JsonArray { Count: 0 }:
                return Nothing(findings);
            default:
                // Entra names whom to remove in the value. Reading such an operation as "all" would empty the group.
                findings.Note(DialectRules.RemoveWithValue, "members");
                return Change(MemberChangeKind.Remove, MemberReader.Read(value, findings, anyType: true));
        }
    }

    private static MemberChange Replace(IReadOnlyList<string> ids) =>
        ids.Count == 0 ? new MemberChange(MemberChangeKind.Clear, []) : new MemberChange(MemberChangeKind.Replace, ids);

    private static MemberChange? Change(MemberChangeKind kind, IReadOnlyList<string> ids) =>
        ids.Count == 0 ? null : new MemberChange(kind, ids);

    private static MemberChange? Nothing(Findings findings)
    {
        findings.Note(DialectRules.EmptyValue, "members");
        return null;
    }

    private static MemberChange? ReadFiltered(PatchOperationKind kind, FilterExpression filter, Findings findings)
    {
        if (kind != PatchOperationKind.Remove)
        {
            findings.Refuse(ScimError.Mutability("A member can't be changed. Remove it and add the other one."));
            return null;
        }

        var ids = new List<string>();
        if (!TryCollect(filter, ids))
        {
            findings.Refuse(
                ScimError.InvalidFilter("Members are selected by value eq \"<id>\" only, joined by or. Name the ids of the members.")
            );
            return null;
        }

        return new MemberChange(MemberChangeKind.Remove, [.. ids.Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    private static bool TryCollect(FilterExpression filter, List<string> ids)
    {
        switch (filter)
        {
            case LogicalOr either:
                return TryCollect(either.Left, ids) && TryCollect(either.Right, ids);
            case AttributeComparison { Operator: ComparisonOperator.Equal, Path.Attribute.Name: "value", Value: FilterValue.Text id }:
                ids.Add(id.Value);
                return true;
            default:
                return false;
        }
    }
}
