using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Patching;
using NinjaIam.Core.Scim.Schema;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Patching;

/// <summary>Reads and applies operations the way a request would.</summary>
internal static class Patch
{
    public const string Id = "0190a1b2-0000-7000-8000-000000000001";

    public static PatchResult Done(string document, string operations, ResourceType? type = null) =>
        Json.Done(Apply(document, operations, type));

    public static ScimError Failed(string document, string operations, ResourceType? type = null) =>
        Json.Failed(Apply(document, operations, type));

    public static ScimOutcome<PatchResult> Apply(string document, string operations, ResourceType? type = null)
    {
        type ??= BuiltInResourceTypes.User;
        var stored = JsonNode.Parse(document)!.AsObject();
        var body = Json.Object($$"""{"schemas":["{{PatchReader.Urn}}"],"Operations":[{{operations}}]}""");

        var outcome = PatchReader.Read(body, type).Match(request => PatchApplier.Apply(request, type, Id, stored), error => error);

        Json.Equal(document, stored);
        return outcome;
    }

    public static void Changes(string document, string operations, string expected, string? rule = null)
    {
        var result = Done(document, operations);

        Json.Equal(expected, result.Document);
        Assert.True(result.DocumentChanged);
        Assert.Empty(result.MemberChanges);
        Assert.False(Done(result.Document.ToJsonString(), operations).DocumentChanged, "The same request changes something again.");
        if (rule is not null)
        {
            Assert.Contains(rule, result.Repairs.Select(repair => repair.Rule.Name));
        }
    }

    public static void ChangesNothing(string document, string operations)
    {
        var result = Done(document, operations);

        Json.Equal(document, result.Document);
        Assert.False(result.DocumentChanged);
    }
}
