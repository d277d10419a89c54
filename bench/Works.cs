namespace NinjaIam.Bench;

/// <summary>Runs the works one after the other and collects their figures.</summary>
/// <param name="program">The published portal.</param>
/// <param name="cache">Holds filled directories.</param>
/// <param name="temporary">Holds the copies that are measured; removed by the caller.</param>
internal sealed class Works(Options options, string program, string cache, string temporary, Target ceiling, CancellationToken stop)
{
    private const int ColdStarts = 5;
    private const int Changes = 10_000_000;
    private const int ChangesTried = 100_000;
    private const int CursorPage = 10_000;
    private const int PageSize = 100;

    /// <summary>What <c>--only</c> takes.</summary>
    public static readonly IReadOnlyDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["get"] = "GET /Users/{id}",
        ["filter-user-name"] = "GET /Users?filter=userName eq",
        ["filter-external-id"] = "GET /Users?filter=externalId eq",
        ["filter-email"] = "GET /Users?filter=emails.value eq",
        ["list"] = "GET /Users?count=100, the first page",
        ["list-cursor"] = "the same by cursor, the first page and page 10,000",
        ["active"] = "PATCH active of one user",
        ["post"] = "POST /Users, 1 KB with two addresses",
        ["memory"] = "resident memory after the works above",
        ["cold-start"] = "from starting the program to its first answer, median of 5",
        ["members"] = "PATCH one member in or out of groups of 10 to 1,000,000",
        ["group"] = "POST a group with 10,000 members",
        ["replace"] = "PATCH and PUT another 10,000 members",
        ["five-clients"] = "five clients add 20,000 members to one group, one by one",
        [ActivityReads.Work] = "pages of Activities and of timelines over 10,000,000 changes, called without HTTP",
        [PageReads.Work] = "what pages of the portal read from 100,000 people in 10,000 groups, called without HTTP",
        [LeavingActs.Work] = "disabling, enabling, converting and deleting a provider with 100,000 people, called without HTTP",
        [ClosingCircuits.Work] = "open pages of 200 people whom the identity provider deactivates, in Chromium",
        ["sync"] = "first full synchronisation: 100,000 people, 1,000 groups of 100",
    };

    private readonly LoadRunner _runner = new(TimeSpan.FromSeconds(options.Seconds));
    private readonly List<Figure> _figures = [];
    private int _copies;

    public IReadOnlyList<Figure> Figures => _figures;

    public async Task RunAsync()
    {
        await _runner.WarmUpAsync(ceiling, Guid.Empty, stop);
        foreach (var size in options.Size)
        {
            await TryAsync("people", Case(size), () => RunPeopleAsync(size));
        }

        await TryAsync("groups", Case(options.Size[^1]), () => RunGroupsAsync(options.Size[^1]));
        if (options.Wants(ActivityReads.Work))
        {
            await TryAsync(ActivityReads.Work, "", RunActivitiesAsync);
        }

        if (options.Wants(PageReads.Work))
        {
            await TryAsync(PageReads.Work, "", RunPagesAsync);
        }

        if (options.Wants(LeavingActs.Work))
        {
            await TryAsync(LeavingActs.Work, "", RunLeavingAsync);
        }

        if (options.Wants(ClosingCircuits.Work))
        {
            await TryAsync(ClosingCircuits.Work, "", RunClosingAsync);
        }

        if (options.Wants("sync"))
        {
            await TryAsync(
                "sync",
                "",
                async () =>
                {
                    await using var portal = await Portal.StartAsync(program, NewDirectory(), stop);
                    Add(await Synchronisation.RunAsync(portal, options.Quick, stop));
                }
            );
        }
    }

    private async Task RunPeopleAsync(int size)
    {
        string[] others = ["list-cursor", "memory", "cold-start"];
        if (!others.Concat(PeopleLoads.Names).Any(options.Wants))
        {
            return;
        }

        var seeded = await SeededDirectory.PrepareAsync(cache, program, size, withGroups: false, stop);
        List<Load> loads = [.. PeopleLoads.Of(seeded.Ids).Where(load => options.Wants(load.Work))];
        var direct = await RunDirectAsync(seeded, loads);
        var copy = seeded.CopyTo(NewDirectory());
        Target target;
        await using (var portal = await Portal.StartAsync(program, copy.Data, stop))
        {
            target = portal.Target;
            await _runner.WarmUpAsync(target, copy.Ids[0], stop);
            if (options.Wants("list-cursor"))
            {
                await TryAsync("list-cursor", Case(size), () => RunCursorAsync(portal, size));
            }

            await RunLoadsAsync(portal, loads, direct);
            if (options.Wants("memory"))
            {
                var resident = portal.ResidentMegabytes();
                Goal[] goals = size == 1_000_000 ? [Goal.Below(resident, 400, "MB")] : [];
                Add(new Figure("memory", Case(size), $"{resident:N0} MB", goals));
            }
        }

        if (options.Wants("cold-start"))
        {
            await TryAsync("cold-start", Case(size), () => RunColdStartAsync(copy, target));
        }

        Directory.Delete(copy.Data, recursive: true);
    }

    private async Task RunGroupsAsync(int size)
    {
        string[] names = ["members", "group", "replace", "five-clients"];
        if (!names.Any(options.Wants))
        {
            return;
        }

        var seeded = await SeededDirectory.PrepareAsync(cache, program, size, withGroups: true, stop);
        List<Load> loads = options.Wants("members") ? [.. MemberLoads.Of(seeded)] : [];
        var direct = await RunDirectAsync(seeded, loads);
        var copy = seeded.CopyTo(NewDirectory());
        await using (var portal = await Portal.StartAsync(program, copy.Data, stop))
        {
            await _runner.WarmUpAsync(portal.Target, copy.Ids[0], stop);
            AddSpread(await RunLoadsAsync(portal, loads, direct));
            foreach (var (name, run) in LargeGroups.All)
            {
                if (options.Wants(name))
                {
                    await TryAsync(name, Case(size), async () => (await run(portal.Target, copy.Ids, stop)).ToList().ForEach(Add));
                }
            }
        }

        Directory.Delete(copy.Data, recursive: true);
    }

    private async Task RunPagesAsync()
    {
        var size = options.Quick ? options.Size[0] : PageReads.Size;
        var seeded = await SeededDirectory.PrepareAsync(cache, program, size, withGroups: false, stop);
        var copy = seeded.CopyTo(NewDirectory());
        await using (var core = await CoreDirectory.OpenAsync(copy.Data, stop))
        {
            await PageReads.FillAsync(core, copy.Ids, stop);
            foreach (var figure in await PageReads.RunAsync(core, copy.Ids, TimeSpan.FromSeconds(1), stop))
            {
                Add(figure);
            }
        }

        Directory.Delete(copy.Data, recursive: true);
    }

    private async Task RunLeavingAsync()
    {
        var size = options.Quick ? options.Size[0] : LeavingActs.Size;
        var seeded = await SeededDirectory.PrepareAsync(cache, program, size, withGroups: false, stop);
        foreach (var acts in LeavingActs.All)
        {
            var copy = seeded.CopyTo(NewDirectory());
            await using (var core = await CoreDirectory.OpenAsync(copy.Data, stop))
            {
                foreach (var figure in await LeavingActs.RunAsync(core, acts, stop))
                {
                    Add(figure);
                }
            }

            Directory.Delete(copy.Data, recursive: true);
        }
    }

    private async Task RunClosingAsync()
    {
        var seeded = await SeededDirectory.PrepareAsync(cache, program, ClosingCircuits.Size, withGroups: false, stop);
        var copy = seeded.CopyTo(NewDirectory());
        List<(Guid Id, string UserName)> people;
        await using (var core = await CoreDirectory.OpenAsync(copy.Data, stop))
        {
            people = await ClosingCircuits.PrepareAsync(core, options.Quick ? 8 : ClosingCircuits.Runs, stop);
        }

        await using (var portal = await Portal.StartAsync(program, copy.Data, stop))
        {
            Add(await ClosingCircuits.RunAsync(portal, people, stop));
        }

        Directory.Delete(copy.Data, recursive: true);
    }

    private async Task RunActivitiesAsync()
    {
        var seeded = await SeededJournal.PrepareAsync(cache, program, options.Quick ? ChangesTried : Changes, stop);
        await using var core = await CoreDirectory.OpenAsync(seeded.Data, stop);
        foreach (var figure in await ActivityReads.RunAsync(core.Activities, seeded.Rows, TimeSpan.FromSeconds(1), stop))
        {
            Add(figure);
        }
    }

    /// <summary>What the services reach without HTTP, on a copy of their own.</summary>
    private async Task<Dictionary<Load, double>> RunDirectAsync(SeededDirectory seeded, List<Load> loads)
    {
        var reached = new Dictionary<Load, double>();
        if (loads.Count == 0)
        {
            return reached;
        }

        var copy = seeded.CopyTo(NewDirectory());
        await using (var core = await CoreDirectory.OpenAsync(copy.Data, stop))
        {
            foreach (var load in loads.Where(load => load.Direct is not null))
            {
                await TryAsync(
                    load.Work,
                    $"{load.Case}, without HTTP",
                    async () => reached[load] = (await _runner.WithoutHttpAsync(load, core, stop)).PerSecond
                );
            }
        }

        Directory.Delete(copy.Data, recursive: true);
        return reached;
    }

    private async Task<List<(Load Load, Measured Measured)>> RunLoadsAsync(
        Portal portal,
        IEnumerable<Load> loads,
        Dictionary<Load, double> direct
    )
    {
        var all = new List<(Load, Measured)>();
        foreach (var load in loads)
        {
            await TryAsync(
                load.Work,
                load.Case,
                async () =>
                {
                    var measured = await _runner.OverHttpAsync(load, portal.Target, stop);
                    var most = await _runner.CeilingAsync(load, measured, ceiling, stop);
                    measured = measured with
                    {
                        Ceiling = most.PerSecond,
                        Direct = direct.TryGetValue(load, out var perSecond) ? perSecond : null,
                    };
                    all.Add((load, measured));
                    Add(Figure.Of(load, measured));
                }
            );
        }

        return all;
    }

    /// <summary>Whether the size of the group matters.</summary>
    private void AddSpread(List<(Load Load, Measured Measured)> all)
    {
        var rates = all.Where(one => one.Load.Callers > 1).Select(one => one.Measured.PerSecond).ToList();
        if (rates.Count > 1)
        {
            var spread = 1 - (rates.Min() / rates.Max());
            Add(new Figure("members", "slowest against fastest", $"{spread * 100:N0} % less", [new("within 20 %", spread <= 0.2)]));
        }
    }

    private async Task RunCursorAsync(Portal portal, int size)
    {
        using var client = await Client.OpenAsync(portal.Target, stop);
        var configuration = await client.GetAsync("/ServiceProviderConfig", stop);
        if (!configuration.TryGetProperty("pagination", out var pagination) || !pagination.GetProperty("cursor").GetBoolean())
        {
            Add(new Figure("list-cursor", Case(size), "not offered", []));
            return;
        }

        var last = Math.Min(CursorPage, size / PageSize);
        var cursor = "";
        for (var page = 1; page < last; page++)
        {
            var answer = await client.GetAsync(PathOf(cursor), stop);
            cursor = answer.TryGetProperty("nextCursor", out var next)
                ? next.GetString()!
                : throw new WorkFailedException($"Page {page} of {last} has no nextCursor.");
        }

        var first = await MeasureAsync("", "the first page");
        var late = await MeasureAsync(cursor, $"page {last:N0}");
        var times = late.P50 / first.P50;
        Add(
            new Figure("list-cursor", $"{Case(size)}, page {last:N0}", $"{times:0.00} times the first", [new("≤ 1.5 times", times <= 1.5)])
        );

        async Task<Measured> MeasureAsync(string cursor, string name)
        {
            var load = new Load
            {
                Work = "list-cursor",
                Case = $"{Case(size)}, {name}",
                Templates = [new("GET", PathOf(cursor))],
                Statuses = [200],
                Next = (_, _) => default,
            };
            var measured = await _runner.OverHttpAsync(load, portal.Target, stop);
            Add(Figure.Of(load, measured));
            return measured;
        }

        static string PathOf(string cursor) =>
            $"/Users?count={PageSize}&cursor{(cursor.Length == 0 ? "" : $"={Uri.EscapeDataString(cursor)}")}";
    }

    private async Task RunColdStartAsync(SeededDirectory copy, Target target)
    {
        var request = new RequestTemplate("GET", $"/Users/{copy.Ids[0]:D}");
        var seconds = new List<double>();
        for (var start = 0; start < ColdStarts; start++)
        {
            seconds.Add(await Portal.ColdStartAsync(program, copy.Data, target, request, stop));
        }

        var median = Figure.Median(seconds);
        Add(new Figure("cold-start", Case(copy.Size), $"{median:0.00} s", [Goal.Below(median, 1, "s")]));
    }

    private async Task TryAsync(string work, string @case, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            Add(new Figure(work, @case, "failed", []) { Failed = true });
            Console.Error.WriteLine(exception is WorkFailedException ? exception.Message : exception.ToString());
        }
    }

    private void Add(Figure figure)
    {
        _figures.Add(figure);
        Console.Error.WriteLine($"{figure.Work}, {figure.Case}: {figure.Result}");
    }

    private static string Case(int size) => $"{size:N0} people";

    private string NewDirectory() => Path.Combine(temporary, $"data-{++_copies}");
}
