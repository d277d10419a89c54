using System.Text.Json.Nodes;
using CsCheck;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Patching;

public sealed class PatchModelTests
{
    private static int Cases => Scale.Of("NINJAIAM_CASES", 3_000);

    [Fact]
    public void Patches_are_applied_as_the_model_applies_them() =>
        RandomPatch.Case.Sample(
            patch =>
            {
                var (document, refusal) = PatchModel.Apply(RandomPatch.Type, Json.Object(patch.Document), patch.Operations);

                var outcome = Patch.Apply(patch.Document, patch.Json, RandomPatch.Type);

                outcome.Match(
                    done =>
                    {
                        Assert.True(document is not null, $"The model refuses it: {refusal}. {done.Document.ToJsonString()}");
                        Assert.True(
                            JsonNode.DeepEquals(document, done.Document),
                            $"Expected {document.ToJsonString()}, found {done.Document.ToJsonString()}"
                        );
                        return true;
                    },
                    error =>
                    {
                        Assert.True(refusal == error.Type, $"Expected {document?.ToJsonString() ?? $"{refusal}"}, found {error.Detail}");
                        return false;
                    }
                );
            },
            iter: Cases,
            print: patch => $"{patch.Document}\n{patch.Json.Replace("},{\"op\"", "},\n{\"op\"", StringComparison.Ordinal)}"
        );
}
