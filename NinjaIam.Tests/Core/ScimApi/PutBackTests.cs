using NinjaIam.Tests.Reliability.Fuzzing;
using NinjaIam.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace NinjaIam.Tests.Core.ScimApi;

public sealed class PutBackTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_puts_back_what_was_got_changes_nothing(bool withDefinitions)
    {
        await using var run = await FuzzRun.StartAsync(output, withDefinitions ? SampleDefinitions.Registry : null);
        await run.PopulateAsync(20);
        var cases = Scale.Of("NINJAIAM_CASES", 300);

        for (var number = 0; number < cases; number++)
        {
            var type = run.Grammar.Type();
            var created = await run.SendAsync(HttpMethod.Post, type.Endpoint, FuzzRun.Bytes(run.Grammar.Document(type)));
            if (created.Status == 201)
            {
                run.Grammar.Know(type, created.Id);
                await run.AssertPutChangesNothingAsync(type, created.Id);
            }
        }

        run.Report("Resources put back", cases, "200", "201");
    }
}
