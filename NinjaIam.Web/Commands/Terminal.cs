namespace NinjaIam.Web.Commands;

/// <summary>Where a command reads and writes; tests give it another one.</summary>
internal sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error)
{
    /// <summary>Reads a secret without showing it; null stands for a program or a file at the other end, which shows nothing anyway.</summary>
    public Func<string>? ReadSecret { get; init; }

    public static Terminal OfProcess() =>
        new(Console.In, Console.Out, Console.Error) { ReadSecret = Console.IsInputRedirected ? null : ReadHidden };

    private static string ReadHidden()
    {
        var typed = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.WriteLine();
        return typed.ToString();
    }
}
