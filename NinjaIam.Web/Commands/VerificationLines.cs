using NinjaIam.Core.Care;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Commands;

/// <summary>Prints what a verification finds and, about once a second, how far it is.</summary>
internal sealed class VerificationLines(Terminal terminal, TimeProvider clock) : IVerificationListener
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long _printed = clock.GetTimestamp();

    public Task BeginsAsync(string what) => PrintAsync(Wording.Fill(CommandTexts.Checking, what));

    public Task CheckedAsync(long count) =>
        clock.GetElapsedTime(_printed) < Pause
            ? Task.CompletedTask
            : PrintAsync(Wording.Fill(CommandTexts.CheckedRows, Wording.Number(count)));

    public Task FoundAsync(string finding) => PrintAsync(Wording.Fill(CommandTexts.Finding, finding));

    private Task PrintAsync(string line)
    {
        _printed = clock.GetTimestamp();
        return terminal.Out.WriteLineAsync(line);
    }
}
