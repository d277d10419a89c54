using System.Diagnostics;
using NinjaIam.Core.Journal;

namespace NinjaIam.Bench;

/// <summary>What the pages of Activities read, from a long journal: each list by its first page, by its last one and by a place in it.</summary>
internal static class ActivityReads
{
    public const string Work = "activities";

    private const int Rows = 25;
    private const int Fewest = 100;
    private const double LimitMilliseconds = 100;

    private static readonly IReadOnlyList<(string Name, Func<Random, ActivityFilter> Filter)> Lists =
    [
        ("everything", _ => new ActivityFilter()),
        ("users", _ => new ActivityFilter { Area = ActivityArea.Users }),
        ("groups", _ => new ActivityFilter { Area = ActivityArea.Groups }),
        ("organizations (few)", _ => new ActivityFilter { Area = ActivityArea.Organizations }),
        ("tokens and their refusals", _ => new ActivityFilter { Area = ActivityArea.Tokens }),
        ("refusals", _ => new ActivityFilter { Refused = true }),
        ("the last 24 h", _ => new ActivityFilter { Since = DateTimeOffset.UtcNow.AddDays(-1) }),
        ("the last 30 days", _ => new ActivityFilter { Since = DateTimeOffset.UtcNow.AddDays(-30) }),
        ("a provider of half of them", _ => new ActivityFilter { ProviderId = SeededJournal.Provider(0) }),
        ("a provider of few", random => new ActivityFilter { ProviderId = SeededJournal.Provider(1 + random.Next(999)) }),
        (
            "users of a provider of half of them",
            _ => new ActivityFilter { ProviderId = SeededJournal.Provider(0), Area = ActivityArea.Users }
        ),
        (
            "tokens of a provider of half of them",
            _ => new ActivityFilter { ProviderId = SeededJournal.Provider(0), Area = ActivityArea.Tokens }
        ),
        ("a person's timeline", random => new ActivityFilter { ResourceId = SeededJournal.Person(random.Next(SeededJournal.People)) }),
        ("the largest group's timeline", _ => new ActivityFilter { ResourceId = SeededJournal.LargeGroup }),
        ("a name among everything", random => new ActivityFilter { Search = $"nobody {random.Next()}" }),
        ("a name among users", random => new ActivityFilter { Search = $"nobody {random.Next()}", Area = ActivityArea.Users }),
        (
            "a name at a provider of half of them",
            random => new ActivityFilter { Search = $"nobody {random.Next()}", ProviderId = SeededJournal.Provider(0) }
        ),
        (
            "a name in the largest group's timeline",
            random => new ActivityFilter { Search = $"nobody {random.Next()}", ResourceId = SeededJournal.LargeGroup }
        ),
    ];

    public static async Task<IReadOnlyList<Figure>> RunAsync(
        Activities activities,
        int rows,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        var figures = new List<Figure>();
        var newest = (await activities.ListAsync(Actor.System, new ActivityFilter { Refused = false }, 1, cancellationToken))[0];
        foreach (var (name, filter) in Lists)
        {
            await AddAsync(name, "first page", random => PageAsync(filter(random), 0));
            await AddAsync(name, "last page", random => PageAsync(filter(random), Activities.Reach - Rows));
            await AddAsync(name, "somewhere", random => PageAsync(filter(random) with { Before = Somewhere(random), Since = null }, 0));
        }

        return figures;

        Task<ActivityPage> PageAsync(ActivityFilter filter, int skip) =>
            activities.PageAsync(Actor.System, filter, skip, Rows, cancellationToken);

        ActivityKey Somewhere(Random random)
        {
            var back = random.NextDouble();
            var age = TimeSpan.FromTicks((long)(back * rows * SeededJournal.Distance.Ticks));
            return new ActivityKey(newest.At - age, false, ActivityKey.Of(newest).Number - (long)(back * rows));
        }

        async Task AddAsync(string list, string place, Func<Random, Task<ActivityPage>> read)
        {
            var (times, lines) = (new Histogram(), 0);
            var random = new Random(1);
            await read(random);
            var begin = Stopwatch.GetTimestamp();
            while (times.Count < Fewest || Stopwatch.GetElapsedTime(begin) < duration)
            {
                var one = Stopwatch.GetTimestamp();
                var page = await read(random);
                times.Record(Stopwatch.GetTimestamp() - one);
                lines = Math.Max(lines, page.Items.Count);
            }

            figures.Add(Figure.OfTimes(Work, $"{list}, {place}", $"{lines} lines", times, LimitMilliseconds));
        }
    }
}
