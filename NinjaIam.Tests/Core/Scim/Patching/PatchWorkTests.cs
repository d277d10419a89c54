using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Patching;
using NinjaIam.Core.Scim.Schema;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Patching;

/// <summary>A PATCH is applied where all writes wait for each other, so no request may compare without end.</summary>
public sealed class PatchWorkTests
{
    [Fact]
    public void Removing_many_of_many_values_looks_at_each_of_them_once()
    {
        var document = Json.Object($$"""{"userName":"a","roles":[{{Values("v")}}]}""");
        var body = Json.Object(
            $$"""{"schemas":["{{PatchReader.Urn}}"],"Operations":[{"op":"remove","path":"roles","value":[{{Values("w")}},{"value":"v7"}]}]}"""
        );
        var request = Json.Done(PatchReader.Read(body, BuiltInResourceTypes.User));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var outcome = PatchApplier.Apply(request, BuiltInResourceTypes.User, Patch.Id, document);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
        Assert.Equal(998, Json.Done(outcome).Document["roles"]!.AsArray().Count);
    }

    [Fact]
    public void The_number_of_comparisons_with_values_is_limited()
    {
        var document = $$"""{"userName":"a","roles":[{{Values("v")}},{"value":"x"}]}""";
        var filter = string.Join(" or ", Enumerable.Repeat("value eq \\\"w\\\"", 50));
        var operation = $$"""{"op":"remove","path":"roles[{{filter}}]"}""";

        var few = Patch.Done(document, string.Join(',', Enumerable.Repeat(operation, 3)));
        var many = Patch.Failed(document, string.Join(',', Enumerable.Repeat(operation, 10)));

        Assert.False(few.DocumentChanged);
        Assert.Equal(ScimErrorType.InvalidValue, many.Type);
    }

    private static string Values(string name) =>
        string.Join(',', Enumerable.Range(0, 999).Select(number => $$"""{"value":"{{name}}{{number}}"}"""));
}
