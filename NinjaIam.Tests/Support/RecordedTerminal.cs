using System.Text;
using NinjaIam.Web.Commands;

namespace NinjaIam.Tests.Support;

/// <summary>Runs a command of the program and hears what it writes while it runs.</summary>
internal sealed class RecordedTerminal : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly LineWriter _out = new();
    private readonly StringWriter _error = new();
    private Task<int>? _running;

    public string Errors => _error.ToString();

    public IReadOnlyList<string> Lines => _out.Lines;

    /// <summary>Runs a command to its end and answers its exit code.</summary>
    public Task<int> RunAsync(string typed, params string[] args) =>
        CommandLine.RunAsync(args, new Terminal(new StringReader(typed), _out, _error), _stop.Token);

    /// <summary>Runs a command until it has written a line that starts with <paramref name="text"/>, and answers that line.</summary>
    public async Task<string> RunUntilAsync(string text, params string[] args)
    {
        _running = RunAsync("", args);
        var line = _out.LineAsync(text);
        await Task.WhenAny(line, _running);
        return line.IsCompleted ? await line : throw new InvalidOperationException($"The command ended: {_error}");
    }

    /// <summary>Stops what runs, as Ctrl+C does, and answers its exit code.</summary>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return _running is null ? 0 : await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        await _out.DisposeAsync();
        await _error.DisposeAsync();
    }

    private sealed class LineWriter : StringWriter
    {
        private readonly Lock _lock = new();
        private readonly List<(string Text, TaskCompletionSource<string> Heard)> _awaited = [];
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lock)
                {
                    return [.. _lines];
                }
            }
        }

        public override Encoding Encoding => Encoding.UTF8;

        public override Task WriteLineAsync(string? value)
        {
            lock (_lock)
            {
                _lines.Add(value ?? "");
                foreach (var (text, heard) in _awaited)
                {
                    if (value?.StartsWith(text, StringComparison.Ordinal) == true)
                    {
                        heard.TrySetResult(value);
                    }
                }
            }

            return Task.CompletedTask;
        }

        public Task<string> LineAsync(string text)
        {
            lock (_lock)
            {
                var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
                if (_lines.Find(line => line.StartsWith(text, StringComparison.Ordinal)) is { } line)
                {
                    heard.SetResult(line);
                }

                _awaited.Add((text, heard));
                return heard.Task;
            }
        }
    }
}
