using System.Diagnostics;

namespace NinjaIam.Bench;

/// <summary>One request of a load: which template, and what is written into its gaps.</summary>
internal readonly record struct Step(int Template, int Number, Guid Id);

/// <summary>Requests that many connections repeat as fast as they are answered.</summary>
internal sealed record Load
{
    public const int Connections = 32;

    /// <summary>One of <see cref="Works.Names"/>.</summary>
    public required string Work { get; init; }

    /// <summary>What distinguishes it from others of the same work.</summary>
    public required string Case { get; init; }

    public required RequestTemplate[] Templates { get; init; }

    /// <summary>The statuses that are right.</summary>
    public required int[] Statuses { get; init; }

    /// <summary>The step that a connection takes at its turn; the same one every time it is asked.</summary>
    public required Func<int, long, Step> Next { get; init; }

    /// <summary>The same thing without HTTP; gets the step and its filled body.</summary>
    public Func<CoreDirectory, Step, ReadOnlyMemory<byte>, CancellationToken, Task>? Direct { get; init; }

    public int Callers { get; init; } = Connections;

    /// <summary>What it should reach.</summary>
    public Func<Measured, IEnumerable<Goal>> Goals { get; init; } = _ => [];
}

/// <param name="Answer">Bytes of an answer's body, on average.</param>
/// <param name="Ceiling">What the server reached without anything behind it, per second.</param>
/// <param name="Direct">What the services reached without HTTP, per second.</param>
internal sealed record Measured(double PerSecond, double P50, double P99, int Answer, double? Ceiling = null, double? Direct = null)
{
    public double? Ratio => PerSecond / Ceiling;
}

/// <summary>Runs loads and measures them, each once its rate rises no more: the server compiles what is called often better and better.</summary>
/// <param name="span">How long it is measured then.</param>
internal sealed class LoadRunner(TimeSpan span)
{
    private const double Rise = 1.05;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(16);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private delegate ValueTask<int> Call(long turn, CancellationToken cancellationToken);

    public async Task<Measured> OverHttpAsync(Load load, Target target, CancellationToken cancellationToken)
    {
        var connections = new List<HttpConnection>();
        try
        {
            for (var caller = 0; caller < load.Callers; caller++)
            {
                connections.Add(await HttpConnection.OpenAsync(target.Address, cancellationToken));
            }

            return await RunAsync(
                [.. connections.Select((connection, caller) => Requests(load, target, connection, caller))],
                cancellationToken
            );
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    /// <summary>The same requests to a server that only answers, with as much as <paramref name="measured"/> was answered with.</summary>
    public Task<Measured> CeilingAsync(Load load, Measured measured, Target ceiling, CancellationToken cancellationToken) =>
        OverHttpAsync(
            load,
            CeilingServer.Answering(ceiling, measured.Answer == 0 ? 204 : load.Statuses[0], measured.Answer),
            cancellationToken
        );

    /// <summary>Measures nothing. What has just started is not yet compiled for speed, on either side.</summary>
    /// <param name="id">Of somebody who is there.</param>
    public Task WarmUpAsync(Target target, Guid id, CancellationToken cancellationToken)
    {
        var load = new Load
        {
            Work = "get",
            Case = "warming up",
            Templates = [new("GET", $"/Users/{id:D}")],
            Statuses = [200],
            Next = (_, _) => default,
        };
        return OverHttpAsync(load, target, cancellationToken);
    }

    public Task<Measured> WithoutHttpAsync(Load load, CoreDirectory core, CancellationToken cancellationToken) =>
        RunAsync([.. Enumerable.Range(0, load.Callers).Select(caller => Calls(load, core, caller))], cancellationToken);

    private static Call Requests(Load load, Target target, HttpConnection connection, int caller)
    {
        FilledRequest[] requests = [.. load.Templates.Select(template => template.For(target))];
        return async (turn, cancellationToken) =>
        {
            var step = load.Next(caller, turn);
            var status = await connection.SendAsync(requests[step.Template].Fill(step.Number, step.Id), cancellationToken);
            return load.Statuses.Contains(status)
                ? connection.Body.Length
                : throw WorkFailedException.Of($"{load.Work}, {load.Case}", status, connection.Text);
        };
    }

    private static Call Calls(Load load, CoreDirectory core, int caller)
    {
        FilledRequest[] bodies = [.. load.Templates.Select(template => template.BodyAlone())];
        return async (turn, cancellationToken) =>
        {
            var step = load.Next(caller, turn);
            await load.Direct!(core, step, bodies[step.Template].Fill(step.Number, step.Id), cancellationToken);
            return 0;
        };
    }

    private async Task<Measured> RunAsync(Call[] calls, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestWarmUp + span + Patience);
        var run = new Run(calls.Length);
        var callers = calls.Select((call, caller) => Task.Run(() => RepeatAsync(call, run, caller, limit), limit.Token)).ToList();
        await WarmUpAsync(run, limit.Token);
        run.Measure(span);
        var all = new Histogram();
        var bytes = 0L;
        foreach (var (histogram, answered) in await Task.WhenAll(callers))
        {
            all.Add(histogram);
            bytes += answered;
        }

        return all.Count == 0
            ? throw new WorkFailedException("Nothing was answered in the time measured. Give it more with --seconds.")
            : new Measured(all.Count / span.TotalSeconds, all.Percentile(0.5), all.Percentile(0.99), (int)(bytes / all.Count));
    }

    /// <summary>Waits until two windows in succession brought no rise.</summary>
    private static async Task WarmUpAsync(Run run, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var (best, before, steady) = (0L, 0L, 0);
        while (steady < 2 && Stopwatch.GetElapsedTime(started) < LongestWarmUp && !cancellationToken.IsCancellationRequested)
        {
            // A load that fails ends the wait; its callers tell why.
            await Task.Delay(Window, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var answered = run.Answered - before;
            before += answered;
            steady = answered > best * Rise ? 0 : steady + 1;
            best = Math.Max(best, answered);
        }
    }

    private static async Task<(Histogram Histogram, long Bytes)> RepeatAsync(Call call, Run run, int caller, CancellationTokenSource limit)
    {
        var histogram = new Histogram();
        var bytes = 0L;
        try
        {
            for (var turn = 0L; ; turn++)
            {
                var before = Stopwatch.GetTimestamp();
                if (before >= run.End)
                {
                    break;
                }

                var answered = await call(turn, limit.Token);
                var after = Stopwatch.GetTimestamp();
                run.Count(caller);
                if (before >= run.From)
                {
                    histogram.Record(after - before);
                    bytes += answered;
                }
            }

            return (histogram, bytes);
        }
        catch
        {
            // One wrong answer fails the work; the other connections need not go on.
            await limit.CancelAsync();
            throw;
        }
    }

    /// <summary>What the callers of one load share: how much they did, and from when to when it is measured.</summary>
    private sealed class Run(int callers)
    {
        // A cache line for each.
        private const int Apart = 16;

        private readonly long[] _answered = new long[callers * Apart];
        private long _from = long.MaxValue;
        private long _end = long.MaxValue;

        public long From => Volatile.Read(ref _from);

        public long End => Volatile.Read(ref _end);

        public long Answered => Enumerable.Range(0, callers).Sum(caller => Volatile.Read(ref _answered[caller * Apart]));

        public void Count(int caller) => Volatile.Write(ref _answered[caller * Apart], _answered[caller * Apart] + 1);

        public void Measure(TimeSpan span)
        {
            var now = Stopwatch.GetTimestamp();
            Volatile.Write(ref _from, now);
            Volatile.Write(ref _end, now + (long)(span.TotalSeconds * Stopwatch.Frequency));
        }
    }
}
