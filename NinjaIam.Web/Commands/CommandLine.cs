using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;
using NinjaIam.Web.Hosting;

namespace NinjaIam.Web.Commands;

/// <summary>Reads the program's own arguments. None of them reaches the host, which would read <c>--bare --urls X</c> as bare="--urls".</summary>
internal static class CommandLine
{
    public const int Success = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    public const string Urls = "--urls";
    public const string Data = "--data";
    public const string Bare = "--bare";
    public const string Definitions = "--definitions";
    public const string Email = "--email";
    public const string FullName = "--full-name";

    private static readonly string[] Help = ["--help", "-h", "-?", "help"];

    public static Task<int> RunAsync(string[] args) => RunAsync(args, Terminal.OfProcess(), CancellationToken.None);

    /// <param name="stop">Stops what runs until it is stopped, as Ctrl+C does.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken stop)
    {
        if (args.Any(argument => Help.Contains(argument)))
        {
            await terminal.Out.WriteLineAsync(CommandTexts.Usage);
            return Success;
        }

        try
        {
            return args switch
            {
                ["demo", .. var rest] => await WithOptionsAsync(
                    CommandOptions.Parse(rest, [Urls, Data, Definitions], [Bare]),
                    terminal,
                    options => new DemoCommand(terminal).RunAsync(options, stop)
                ),
                ["admin", "create", .. var rest] => await WithOptionsAsync(
                    CommandOptions.Parse(rest, [Email, FullName, Data], []),
                    terminal,
                    options => AdminCreateCommand.RunAsync(options, terminal, stop)
                ),
                ["admin", "reset-mfa", .. var rest] => await WithOptionsAsync(
                    CommandOptions.Parse(rest, [Email, Data], []),
                    terminal,
                    options => AdminRecoveryCommands.ResetSecondFactorAsync(options, terminal, stop)
                ),
                ["admin", "unlock", .. var rest] => await WithOptionsAsync(
                    CommandOptions.Parse(rest, [Email, Data], []),
                    terminal,
                    options => AdminRecoveryCommands.UnlockAsync(options, terminal, stop)
                ),
                ["backup", .. var rest] => await WithOptionsAsync(
                    CommandOptions.Parse(rest, [Data], [], takesPath: true),
                    terminal,
                    options => BackupCommand.RunAsync(options, terminal, stop)
                ),
                ["restore", .. var rest] => await WithOptionsAsync(
                    CommandOptions.Parse(rest, [Data], [], takesPath: true),
                    terminal,
                    options => RestoreCommand.RunAsync(options, terminal, stop)
                ),
                ["verify", .. var rest] => await WithOptionsAsync(
                    CommandOptions.Parse(rest, [Data], [], takesPath: true),
                    terminal,
                    options => VerifyCommand.RunAsync(options, terminal, stop)
                ),
                [] or [['-', ..], ..] => await WithOptionsAsync(
                    CommandOptions.Parse(args, [Urls, Data], []),
                    terminal,
                    options => RunCommand.RunAsync(options[Urls], options[Data], terminal, stop)
                ),
                _ => await RefuseAsync(new Refusal(RefusalKind.InvalidValue, $"Unknown command: {string.Join(' ', args)}"), terminal),
            };
        }
        catch (Exception exception) when (exception is InvalidSettingException or UnusableStorageException)
        {
            await terminal.Error.WriteLineAsync(exception.Message);
            return Failed;
        }
    }

    private static Task<int> WithOptionsAsync(Outcome<CommandOptions> options, Terminal terminal, Func<CommandOptions, Task<int>> run) =>
        options.Match(run, refusal => RefuseAsync(refusal, terminal));

    private static async Task<int> RefuseAsync(Refusal refusal, Terminal terminal)
    {
        await terminal.Error.WriteLineAsync(refusal.Detail);
        await terminal.Error.WriteLineAsync();
        await terminal.Error.WriteLineAsync(CommandTexts.Usage);
        return WrongUsage;
    }
}
