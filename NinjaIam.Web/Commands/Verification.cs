using NinjaIam.Core.Care;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Commands;

/// <summary>Verifies a database and prints what is found and, about once a second, how far it is.</summary>
internal sealed class Verification : IVerificationListener
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Terminal _terminal;
    private long _printed = TimeProvider.System.GetTimestamp();

    private Verification(Terminal terminal) => _terminal = terminal;

    /// <returns>How many findings there are.</returns>
    public static async Task<long> RunAsync(string file, Terminal terminal, CancellationToken stop)
    {
        var result = await DatabaseVerification.RunAsync(file, new Verification(terminal), stop);
        if (result.WasOlder)
        {
            await terminal.Out.WriteLineAsync(CommandTexts.OnlyFileChecked);
        }

        await terminal.Out.WriteLineAsync(
            result.Findings == 0
                ? Wording.Fill(CommandTexts.NothingFound, file)
                : Wording.Fill(CommandTexts.Found, file, Wording.Number(result.Findings))
        );
        return result.Findings;
    }

    public Task BeginsAsync(string what) => PrintAsync(Wording.Fill(CommandTexts.Checking, what));

    public Task CheckedAsync(long count) =>
        TimeProvider.System.GetElapsedTime(_printed) < Pause
            ? Task.CompletedTask
            : PrintAsync(Wording.Fill(CommandTexts.CheckedRows, Wording.Number(count)));

    public Task FoundAsync(string finding) => PrintAsync(Wording.Fill(CommandTexts.Finding, finding));

    private Task PrintAsync(string line)
    {
        _printed = TimeProvider.System.GetTimestamp();
        return _terminal.Out.WriteLineAsync(line);
    }
}
