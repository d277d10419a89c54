using NinjaIam.Core.Journal.Requests;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Reliability.Load;
using NinjaIam.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace NinjaIam.Tests.Reliability;

/// <summary>The program is stopped as a service manager stops it, while clients write.</summary>
public sealed class StopTests(ITestOutputHelper output)
{
    private const int Clients = 48;
    private const int Stops = 2;

    [Fact]
    public async Task Whatever_is_stored_was_answered_and_all_of_it_is_in_one_file()
    {
        var seed = Seed.Next(output);
        var random = new Random(seed);
        var portal = await PortalProcess.StartAsync("demo", "--bare");
        try
        {
            var load = await WriteLoad.PrepareAsync(portal, Clients, seed);
            for (var stop = 0; stop < Stops; stop++)
            {
                int? exitCode = null;
                await load.RunAsync(portal, random.Next(Clients, 20 * Clients), async () => exitCode = await portal.TerminateAsync());

                Assert.Equal(0, exitCode);
                var file = Path.Combine(portal.DataDirectory, SqliteDatabase.FileName);
                Assert.False(File.Exists($"{file}-wal"));
                Assert.False(File.Exists($"{Path.Combine(portal.DataDirectory, RequestLogFile.FileName)}-wal"));
                await Soundness.AssertAsync(file);
                portal = await portal.RestartAsync();
                await load.CompareAsync(portal);
                await load.AssertJournaledAsync(file);
                Assert.Equal(0, load.AppliedWithoutAnswer);
            }
        }
        finally
        {
            await portal.DisposeAsync();
        }
    }
}
