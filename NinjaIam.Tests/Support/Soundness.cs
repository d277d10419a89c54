using Xunit;

namespace NinjaIam.Tests.Support;

/// <summary>What holds of a database whatever happened to the program.</summary>
internal static class Soundness
{
    /// <summary>Asserts that <c>verify</c> finds nothing, and that the journal, replayed from empty, makes what is stored.</summary>
    public static async Task AssertAsync(string file)
    {
        await using var terminal = new RecordedTerminal();
        var exitCode = await terminal.RunAsync("", "verify", file);
        Assert.True(exitCode == 0, string.Join('\n', terminal.Lines.Append(terminal.Errors)));
        await DirectoryHistory.AssertToldAsStoredAsync(file);
    }
}
