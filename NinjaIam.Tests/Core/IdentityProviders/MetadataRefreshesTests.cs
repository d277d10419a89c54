using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Mail;
using NinjaIam.Core.Outcomes;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.IdentityProviders;

/// <summary>Reading metadata again from where it was imported. The clock moves; the server is a real one.</summary>
public sealed class MetadataRefreshesTests : IAsyncLifetime
{
    private readonly MetadataServer _server = new();
    private readonly Installation _installation = new()
    {
        Mail = mail => (mail.Host, mail.Port, mail.From) = ("127.0.0.1", 1, "iam@example.com"),
    };

    private byte[] _old = [];
    private byte[] _next = [];
    private string _identifier = "";
    private Guid _provider;

    private MetadataRefreshes Refreshes => _installation.Get<MetadataRefreshes>();

    public async Task InitializeAsync()
    {
        await _server.InitializeAsync();
        _installation.Settings.Add(MetadataServer.Setting.Key, MetadataServer.Setting.Value);
        await _installation.InitializeAsync();
        // What is announced stays in the queue, to be looked at.
        await _installation.Get<MailDelivery>().StopAsync(CancellationToken.None);
        var now = _installation.Clock.GetUtcNow();
        (_old, _next) = (Samples.Certificate(now.AddYears(-1), now.AddYears(1)), Samples.Certificate(now, now.AddYears(2)));
        _server.Certificates = [_old];
        (_identifier, _provider) = await AddAsync("Contoso", "contoso.com", _server.Import());
    }

    public async Task DisposeAsync()
    {
        await _installation.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Metadata_is_read_again_a_day_after_the_import_and_then_once_a_day()
    {
        await CheckAfterAsync(TimeSpan.FromHours(23));
        Assert.Equal(0, _server.Requests);
        Assert.Null((await FindAsync()).MetadataRefresh);

        await CheckAfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(1, _server.Requests);
        await CheckAfterAsync(TimeSpan.FromHours(22));
        Assert.Equal(1, _server.Requests);
        await CheckAfterAsync(TimeSpan.FromHours(2));

        Assert.Equal(2, _server.Requests);
        var refresh = (await FindAsync()).MetadataRefresh!;
        Assert.Equal(_installation.Clock.GetUtcNow(), refresh.CheckedAt);
        Assert.Equal(_installation.Clock.GetUtcNow(), refresh.SucceededAt);
        Assert.Null(refresh.Waiting);
        Assert.Empty(await SubjectsAsync());
    }

    [Fact]
    public async Task A_background_service_does_it_by_itself()
    {
        using var read = new SemaphoreSlim(0);
        using var _ = _installation
            .Get<ChangeFeed>()
            .Subscribe(change =>
            {
                if (change == new Change(ChangeTopic.Providers, _provider))
                {
                    read.Release();
                }
            });

        _installation.Clock.Advance(MetadataRefreshes.Interval + TimeSpan.FromMinutes(1));

        Assert.True(await read.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.NotNull((await FindAsync()).MetadataRefresh!.SucceededAt);
    }

    [Fact]
    public async Task Many_that_are_due_at_once_are_read_a_few_at_a_time_and_those_that_are_off_or_have_no_address_are_not()
    {
        for (var number = 0; number < 11; number++)
        {
            await AddAsync($"Customer {number}", $"customer{number}.com", _server.Import());
        }

        await AddAsync("By file", "file.com", _server.Import() with { Url = null });
        var (_, off) = await AddAsync("Off", "off.com", _server.Import());
        Installation.Done(
            await _installation
                .Get<ScimConnections>()
                .DisableProviderAsync(off, PeopleChoice.Keep, _installation.Administrator, CancellationToken.None)
        );
        await StopWatchAsync();
        _installation.Clock.Advance(MetadataRefreshes.Interval);

        Assert.Equal(10, await CheckDueAsync());
        Assert.Equal(2, await CheckDueAsync());
        Assert.Equal(0, await CheckDueAsync());
        Assert.Equal(12, _server.Requests);
    }

    [Fact]
    [Proves("rule-7")]
    public async Task Other_keys_wait_are_announced_once_and_change_nothing_until_they_are_accepted()
    {
        _server.Certificates = [_old, _next];
        await CheckAfterAsync(MetadataRefreshes.Interval);
        await CheckAfterAsync(MetadataRefreshes.Interval);

        var found = await FindAsync();
        Assert.Equal([_old], found.Certificates.Select(certificate => certificate.Der));
        Assert.Equal(2, found.MetadataRefresh!.Waiting!.Metadata.Certificates.Count);
        Assert.Equal(["Contoso has new SAML metadata"], await SubjectsAsync());
        Assert.Equal([JournalKind.MetadataChangeFound], await KindsAsync());
        Assert.True(Assert.Single(await AttentionAsync()).MetadataWaits);

        Installation.Done(await AcceptAsync(found));

        var accepted = await FindAsync();
        Assert.Equal(2, accepted.Certificates.Count);
        Assert.Equal(_server.Url, accepted.Saml!.MetadataUrl);
        Assert.Null(accepted.MetadataRefresh!.Waiting);
        Assert.Empty(await AttentionAsync());
        Assert.Equal([JournalKind.ProviderMetadataImported, JournalKind.MetadataChangeFound], await KindsAsync());
        await CheckAfterAsync(MetadataRefreshes.Interval);
        Assert.Null((await FindAsync()).MetadataRefresh!.Waiting);
    }

    [Fact]
    public async Task Another_address_waits_as_well_and_what_was_refused_is_not_asked_about_again()
    {
        _server.SignInUrl = "https://elsewhere.example.com/sign-in";
        await CheckAfterAsync(MetadataRefreshes.Interval);
        var waiting = (await FindAsync()).MetadataRefresh!.Waiting!;
        Assert.Equal("https://elsewhere.example.com/sign-in", waiting.Metadata.SignInUrl);

        Installation.Done(await RefuseAsync(waiting.Digest));

        Assert.Equal(MetadataCheck.RefusedBefore, Installation.Done(await CheckNowAsync()));
        var refused = await FindAsync();
        Assert.Null(refused.MetadataRefresh!.Waiting);
        Assert.Equal("https://idp.example.com/sign-in", refused.Saml!.SignInUrl);
        Assert.Single(await SubjectsAsync());
        Assert.Equal([JournalKind.MetadataChangeRefused, JournalKind.MetadataChangeFound], await KindsAsync());

        _server.SignInUrl = "https://other.example.com/sign-in";
        Assert.Equal(MetadataCheck.Waiting, Installation.Done(await CheckNowAsync()));
        Assert.Equal(2, (await SubjectsAsync()).Count);
    }

    [Fact]
    public async Task The_newest_change_takes_the_place_of_the_one_that_waits_and_only_what_was_seen_can_be_decided()
    {
        _server.Certificates = [_old, _next];
        await CheckNowAsync();
        var seen = await FindAsync();
        _server.Certificates = [_next];
        await CheckNowAsync();

        Assert.Equal(RefusalKind.Stale, Installation.Refused(await AcceptAsync(seen)).Kind);
        Assert.Equal(RefusalKind.Stale, Installation.Refused(await RefuseAsync(seen.MetadataRefresh!.Waiting!.Digest)).Kind);
        var newest = await FindAsync();
        Assert.Equal([_old], newest.Certificates.Select(certificate => certificate.Der));
        Assert.Equal([_next], newest.MetadataRefresh!.Waiting!.Metadata.Certificates);

        // What is taken back does not wait any more, and is not announced a second time when it returns.
        _server.Certificates = [_old];
        Assert.Equal(MetadataCheck.Unchanged, Installation.Done(await CheckNowAsync()));
        Assert.Null((await FindAsync()).MetadataRefresh!.Waiting);
        _server.Certificates = [_next];
        Assert.Equal(MetadataCheck.Waiting, Installation.Done(await CheckNowAsync()));
        Assert.Equal(2, (await SubjectsAsync()).Count);
    }

    [Fact]
    public async Task An_import_by_hand_forgets_what_waited()
    {
        _server.Certificates = [_next];
        await CheckNowAsync();
        var seen = await FindAsync();

        Installation.Done(
            await _installation
                .Get<Providers>()
                .ImportMetadataAsync(
                    _provider,
                    Samples.Metadata(_installation.Clock.GetUtcNow().AddDays(100)),
                    _installation.Administrator,
                    default
                )
        );

        Assert.Null((await FindAsync()).MetadataRefresh);
        Assert.Equal(RefusalKind.Stale, Installation.Refused(await AcceptAsync(seen)).Kind);
        Assert.Equal(RefusalKind.PrerequisiteMissing, Installation.Refused(await CheckNowAsync()).Kind);
    }

    [Fact]
    public async Task A_failure_keeps_everything_is_tried_again_within_hours_and_needs_attention_after_a_day()
    {
        _server.Certificates = [_next];
        await CheckNowAsync();
        var worked = _installation.Clock.GetUtcNow();
        _server.Status = 503;

        await CheckAfterAsync(MetadataRefreshes.Interval);
        var failed = (await FindAsync()).MetadataRefresh!;
        Assert.Contains("status 503", failed.Failure, StringComparison.Ordinal);
        Assert.Equal(worked, failed.SucceededAt);
        Assert.False(failed.IsFailing);
        Assert.NotNull(failed.Waiting);
        var before = _server.Requests;
        await CheckAfterAsync(TimeSpan.FromHours(2));
        Assert.Equal(before + 1, _server.Requests);
        await CheckAfterAsync(TimeSpan.FromHours(22));

        var failing = await FindAsync();
        Assert.True(failing.MetadataRefresh!.IsFailing);
        Assert.Equal([_old], failing.Certificates.Select(certificate => certificate.Der));
        Assert.True(Assert.Single(await AttentionAsync()).MetadataFails);

        _server.Status = 200;
        await CheckAfterAsync(TimeSpan.FromHours(1));
        Assert.Null((await FindAsync()).MetadataRefresh!.Failure);
        Assert.False(Assert.Single(await AttentionAsync()).MetadataFails);
    }

    [Fact]
    public async Task Another_entity_ID_is_a_mistake_that_is_named_and_never_a_change_to_accept()
    {
        _server.EntityId = "https://evil.example.com/entity";

        var refusal = Installation.Refused(await CheckNowAsync());

        Assert.Contains(
            "“https://evil.example.com/entity” and not of “https://idp.example.com/entity”",
            refusal.Detail,
            StringComparison.Ordinal
        );
        var found = await FindAsync();
        Assert.Equal(refusal.Detail, found.MetadataRefresh!.Failure);
        Assert.Null(found.MetadataRefresh.Waiting);
        Assert.Equal("https://idp.example.com/entity", found.Saml!.EntityId);
    }

    [Fact]
    [Proves("rule-18")]
    public async Task Only_a_system_administrator_checks_and_decides_and_accepting_asks_for_a_step_up()
    {
        _server.Certificates = [_next];
        await CheckNowAsync();
        var found = await FindAsync();
        var digest = found.MetadataRefresh!.Waiting!.Digest;
        var stranger = Origin.Of(new Actor(ActorKind.Provider, _provider, "Contoso"));

        Assert.Equal(
            [RefusalKind.NotAllowed, RefusalKind.NotAllowed, RefusalKind.NotAllowed],
            [
                Installation.Refused(await Refreshes.CheckAsync(_provider, stranger, default)).Kind,
                Installation.Refused(await Refreshes.AcceptAsync(_provider, digest, stranger, default)).Kind,
                Installation.Refused(await Refreshes.RefuseAsync(_provider, digest, stranger, default)).Kind,
            ]
        );
        await SignedIn.ForgetStepUpAsync(_installation.Services, _installation.Administrator);
        Assert.Equal(RefusalKind.StepUpRequired, Installation.Refused(await AcceptAsync(found)).Kind);
        Assert.Equal([_old], (await FindAsync()).Certificates.Select(certificate => certificate.Der));
        Assert.Equal(1, _server.Requests);
    }

    private async Task<(string Identifier, Guid Id)> AddAsync(string name, string domain, ImportedMetadata metadata)
    {
        var content = new ProviderDraftContent { Input = Samples.Provider(name, domain), Metadata = metadata };
        var identifier = Installation.Done(
            await _installation.Get<ProviderDrafts>().CreateAsync(content, _installation.Administrator, CancellationToken.None)
        );
        return (identifier, _installation.Get<ProviderRegister>().Find(identifier)!.Id);
    }

    // The service looks by itself as the clock moves; who comes first does not matter for one provider, but for counting requests it does.
    private async Task CheckAfterAsync(TimeSpan time)
    {
        await StopWatchAsync();
        _installation.Clock.Advance(time);
        await CheckDueAsync();
    }

    private Task StopWatchAsync() =>
        _installation
            .Services.GetServices<IHostedService>()
            .Single(service => service.GetType().Name == "MetadataWatch")
            .StopAsync(CancellationToken.None);

    private Task<int> CheckDueAsync() => Refreshes.CheckDueAsync(CancellationToken.None);

    private Task<Outcome<MetadataCheck>> CheckNowAsync() =>
        Refreshes.CheckAsync(_provider, _installation.Administrator, CancellationToken.None);

    private Task<Outcome<Completed>> AcceptAsync(ProviderDetails seen) =>
        Refreshes.AcceptAsync(_provider, seen.MetadataRefresh!.Waiting!.Digest, _installation.Administrator, CancellationToken.None);

    private Task<Outcome<Completed>> RefuseAsync(string digest) =>
        Refreshes.RefuseAsync(_provider, digest, _installation.Administrator, CancellationToken.None);

    private async Task<ProviderDetails> FindAsync() =>
        (await _installation.Get<Providers>().FindAsync(_installation.Administrator.Actor, _identifier, CancellationToken.None))!;

    private Task<IReadOnlyList<ProviderAttention>> AttentionAsync() =>
        _installation.Get<Providers>().NeedingAttentionAsync(_installation.Administrator.Actor, CancellationToken.None);

    private async Task<List<string>> SubjectsAsync()
    {
        await using var database = _installation.Read();
        return await database.Mails.Select(mail => mail.Subject).ToListAsync();
    }

    /// <summary>What happened to the provider after it was added, the latest first.</summary>
    private async Task<List<string>> KindsAsync() =>
        [
            .. (
                await _installation
                    .Get<Activities>()
                    .ListAsync(Actor.System, new ActivityFilter { Area = ActivityArea.Providers }, 50, CancellationToken.None)
            )
                .Select(activity => activity.Kind)
                .SkipLast(2),
        ];
}
