using NinjaIam.Core.Journal;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Journal;

public sealed class ActivitiesTests : IAsyncLifetime
{
    private readonly Installation _installation = new();
    private readonly Guid _provider = Guid.NewGuid();

    public Task InitializeAsync() => _installation.InitializeAsync();

    public Task DisposeAsync() => _installation.DisposeAsync();

    [Fact]
    [Proves("asvs-16.4.1")]
    public async Task Names_that_look_like_lines_of_a_log_stay_values()
    {
        const string Name = "ada\r\n2026-11-26 INFO root signed in\u001b[2K'); DROP TABLE journal; --";
        await AppendAsync(JournalKind.UserChanged, Name);

        var line = Assert.Single(await ListAsync(new ActivityFilter(), 200), line => line.Kind == JournalKind.UserChanged);

        Assert.Equal(Name, line.Subject);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Going_on_from_each_line_to_older_ones_tells_every_line_once(int take)
    {
        // Several of one instant, changes and refusals mixed.
        for (var minute = 0; minute < 4; minute++)
        {
            await AppendAsync(JournalKind.UserChanged, "ada");
            await RefuseAsync($"No, {minute}.");
            await AppendAsync(JournalKind.UserChanged, "grace");
            await RefuseAsync($"No again, {minute}.");
            _installation.Clock.Advance(TimeSpan.FromMinutes(minute % 2));
        }

        var filter = new ActivityFilter();
        var all = await ListAsync(filter, 200);
        var walked = new List<string>();
        ActivityKey? key = null;
        while (await ListAsync(filter with { Before = key }, take) is { Count: > 0 } page)
        {
            walked.AddRange(page.Select(line => line.Id));
            Assert.True(ActivityKey.TryParse(ActivityKey.Of(page[^1]).ToString(), out key));
        }

        Assert.Equal(all.Select(line => line.Id), walked);
        Assert.Equal(8, all.Count(line => line.IsRefused));
        for (var line = 0; line < all.Count; line++)
        {
            var newer = filter with { After = ActivityKey.Of(all[line]) };
            Assert.Equal(line, await Activities.CountAsync(Actor.System, newer, 100, CancellationToken.None));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("j12")]
    [InlineData("12-x3")]
    [InlineData("-1-j3")]
    [InlineData("99999999999999999999-j3")]
    [InlineData("9223372036854775807-j3")]
    [InlineData("12-j")]
    [InlineData("12-j3-4")]
    public void What_is_no_place_in_the_list_is_not_read_as_one(string text) => Assert.False(ActivityKey.TryParse(text, out _));

    [Fact]
    public async Task A_request_is_found_by_its_id_and_a_person_by_part_of_the_name_in_any_letter_case()
    {
        await AppendAsync(JournalKind.UserChanged, "Grace_Hopper%", "request-7");
        await AppendAsync(JournalKind.UserChanged, "Grace Hopper", "request-8");

        Assert.Equal(["Grace_Hopper%"], (await ListAsync(new ActivityFilter { Search = "request-7" }, 9)).Select(line => line.Subject));
        Assert.Equal(["Grace_Hopper%"], (await ListAsync(new ActivityFilter { Search = "e_hOP" }, 9)).Select(line => line.Subject));
        Assert.Equal(["Grace_Hopper%"], (await ListAsync(new ActivityFilter { Search = "r%" }, 9)).Select(line => line.Subject));
        Assert.Empty(await ListAsync(new ActivityFilter { Search = "request-7", Area = ActivityArea.Groups }, 9));
        Assert.Empty(await ListAsync(new ActivityFilter { Search = "request-7", ProviderId = Guid.NewGuid() }, 9));
    }

    [Fact]
    public async Task Of_an_instant_on_it_begins_with_the_first_change_and_the_first_refusal_of_that_instant()
    {
        await AppendAsync(JournalKind.UserChanged, "before");
        _installation.Clock.Advance(TimeSpan.FromTicks(1));
        var since = _installation.Clock.GetUtcNow();
        await AppendAsync(JournalKind.UserChanged, "ada");
        await AppendAsync(JournalKind.UserChanged, "grace");
        await RefuseAsync("No.");

        Assert.Equal([null, "grace", "ada"], (await ListAsync(new ActivityFilter { Since = since }, 9)).Select(line => line.Subject));
        Assert.Empty(await ListAsync(new ActivityFilter { Since = since.AddTicks(1) }, 9));
        Assert.NotEmpty(await ListAsync(new ActivityFilter { Since = DateTimeOffset.MinValue }, 9));
    }

    [Fact]
    public async Task Of_an_area_or_of_a_provider_it_shows_all_kinds_in_their_order()
    {
        await AppendAsync(JournalKind.UserCreated, "ada");
        await AppendAsync(JournalKind.GroupCreated, "Help desk");
        await AppendAsync(JournalKind.UserChanged, "ada");
        await AppendAsync("kind.of-a-later-version", "what");
        await AppendAsync(JournalKind.UserCreated, "grace");

        Assert.Equal(
            ["grace", "ada", "ada"],
            (await ListAsync(new ActivityFilter { Area = ActivityArea.Users, ProviderId = _provider }, 9)).Select(line => line.Subject)
        );
        Assert.Equal(
            ["grace", "what", "ada", "Help desk", "ada"],
            (await ListAsync(new ActivityFilter { ProviderId = _provider }, 9)).Select(line => line.Subject)
        );
        Assert.Equal(["Help desk"], (await ListAsync(new ActivityFilter { Area = ActivityArea.Groups }, 9)).Select(line => line.Subject));
        Assert.Empty(await ListAsync(new ActivityFilter { ProviderId = Guid.NewGuid() }, 9));
    }

    [Fact]
    public async Task Only_administrators_read_activities_timelines_and_requests()
    {
        var somebody = new Actor(ActorKind.Provider, _provider, "Contoso");
        var timeline = new ActivityFilter { ResourceId = "x" };
        var requests = _installation.Get<RequestReads>();

        await Task.WhenAll(
            DeniedAsync(() => Activities.ListAsync(somebody, timeline, 1, default)),
            DeniedAsync(() => Activities.PageAsync(somebody, timeline, 0, 1, default)),
            DeniedAsync(() => Activities.CountAsync(somebody, timeline, 1, default)),
            DeniedAsync(() => Activities.FindAsync(somebody, "j1", default)),
            DeniedAsync(() => Activities.ChangesAsync(somebody, "j1", default)),
            DeniedAsync(() => requests.FindAsync(somebody, "r", default)),
            DeniedAsync(() => requests.BriefsAsync(somebody, ["r"], default)),
            DeniedAsync(() => requests.SummaryAsync(somebody, _provider, default, default))
        );
    }

    private Activities Activities => _installation.Get<Activities>();

    private static Task DeniedAsync<T>(Func<Task<T>> read) => Assert.ThrowsAsync<UnauthorizedAccessException>(read);

    private Task<IReadOnlyList<Activity>> ListAsync(ActivityFilter filter, int take) =>
        Activities.ListAsync(Actor.System, filter, take, CancellationToken.None);

    private Task AppendAsync(string kind, string subject, string requestId = "request") =>
        _installation
            .Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    await _installation
                        .Get<ChangeJournal>()
                        .AppendAsync(
                            scope,
                            new Origin(Actor.System, requestId),
                            new JournalEntry(kind) { ProviderId = _provider, Subject = subject },
                            ChangeTopic.Users
                        );
                    return true;
                },
                CancellationToken.None
            );

    private async Task RefuseAsync(string detail)
    {
        _installation.Get<SecurityLog>().Record(new Refused(SecurityCause.ScimRefused, detail, "refused"));
        await _installation.Get<SecurityLog>().FlushAsync(CancellationToken.None);
    }
}
