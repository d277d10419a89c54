using NinjaIam.Core.Storage;
using NinjaIam.Tests.Reliability.Load;
using NinjaIam.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace NinjaIam.Tests.Reliability;

/// <summary>The program is killed as SIGKILL kills, while clients write, and started again over what it left.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Clients = 8;
    private const int MostAnswers = 400;

    // Everything is compared after each kill, so an installation begins anew before that takes long.
    private const int KillsOfOne = 10;

    [Fact]
    public async Task What_was_answered_is_there_and_what_was_not_is_there_as_a_whole_or_not_at_all()
    {
        for (var left = Scale.Of("NINJAIAM_KILLS", KillsOfOne); left > 0; left -= KillsOfOne)
        {
            await KillAsync(Math.Min(left, KillsOfOne));
        }
    }

    private async Task KillAsync(int kills)
    {
        var seed = Seed.Next(output);
        var random = new Random(seed);
        var portal = await PortalProcess.StartAsync("demo", "--bare");
        try
        {
            var file = Path.Combine(portal.DataDirectory, SqliteDatabase.FileName);
            var load = await WriteLoad.PrepareAsync(portal, Clients, seed);
            for (var kill = 0; kill < kills; kill++)
            {
                await load.RunAsync(portal, random.Next(1, MostAnswers), portal.StopAsync);
                await Soundness.AssertAsync(file);
                portal = await portal.RestartAsync();
                await load.CompareAsync(portal);
                await load.AssertJournaledAsync(file);
            }

            output.WriteLine(
                $"{kills} kills: {load.Answered} changes were answered, all of them are there. Of the changes without an answer "
                    + $"{load.AppliedWithoutAnswer} are there as a whole and {load.LostWithoutAnswer} not at all."
            );
        }
        finally
        {
            await portal.DisposeAsync();
        }
    }
}
