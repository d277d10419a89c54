using NinjaIam.Core.Journal;
using Xunit;

namespace NinjaIam.Tests.Core.Journal;

public sealed class LongJournalTests(LongJournal journal) : IClassFixture<LongJournal>
{
    // Twice the rows are one more level of the search for an instant, and another place in a page of an index.
    private const double Same = 1.1;

    public static TheoryData<string> Filters => [.. LongJournal.Filters.Keys];

    [Theory]
    [MemberData(nameof(Filters))]
    public void Reading_costs_the_same_when_the_journal_is_twice_as_long(string filter)
    {
        var readings = journal.Before.Where(reading => reading.Key.StartsWith($"{filter}:", StringComparison.Ordinal)).ToList();

        Assert.Equal(4, readings.Count);
        Assert.All(
            readings,
            reading =>
            {
                Assert.InRange(reading.Value, 10, 10_000_000);
                Assert.True(
                    journal.After[reading.Key] <= (reading.Value * Same) + 200,
                    $"{reading.Key}: {reading.Value} steps, then {journal.After[reading.Key]}"
                );
            }
        );
    }

    [Fact]
    public void Looking_for_somebody_elses_change_costs_the_same() =>
        Assert.InRange(journal.After["the last change"], 10, (journal.Before["the last change"] * Same) + 200);

    [Fact]
    public async Task A_list_that_is_too_long_to_count_goes_on_behind_its_last_page()
    {
        var filter = new ActivityFilter { Area = ActivityArea.Groups };
        var last = await PageAsync(filter, Activities.Reach - 50);
        var beyond = await PageAsync(filter, Activities.Reach);

        var older = await PageAsync(filter with { Before = last.Older }, 0);

        Assert.Equal((Activities.Reach, 50), (last.Total, last.Items.Count));
        Assert.Null(last.Searched);
        Assert.Equal((Activities.Reach, 0), (beyond.Total, beyond.Items.Count));
        Assert.Null((await PageAsync(filter, 0)).Older);
        Assert.Equal(Number(last.Items[^1]) - 2, Number(older.Items[0]));
        Assert.Equal(Activities.Reach, older.Total);
    }

    [Fact]
    public async Task A_search_says_how_far_it_looked_and_goes_on_from_there_until_all_was_looked_at()
    {
        var filter = new ActivityFilter { Search = "Ada Lind" };
        var pages = new List<ActivityPage>();
        for (ActivityKey? key = null; pages.Count == 0 || key is not null; key = pages[^1].Older)
        {
            pages.Add(await PageAsync(filter with { Before = key }, 0));
        }

        Assert.Equal(["Ada Lind"], pages.SelectMany(page => page.Items).Select(line => line.Subject));
        Assert.All(pages.SkipLast(1), page => Assert.Equal(100_000, page.Searched));
        Assert.Null(pages[^1].Searched);
        Assert.InRange(pages.Count, 3, 5);
    }

    private static long Number(Activity line) => long.Parse(line.Id.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);

    private Task<ActivityPage> PageAsync(ActivityFilter filter, int skip) =>
        journal.Installation.Get<Activities>().PageAsync(Actor.System, filter, skip, 100, CancellationToken.None);
}
