using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Mail;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.IdentityProviders;

/// <summary>What is said, and to whom, before nobody can sign in by an identity provider any more.</summary>
public sealed class CertificateNoticesTests : IAsyncLifetime
{
    private readonly Installation _installation = new()
    {
        Mail = mail => (mail.Host, mail.Port, mail.From) = ("127.0.0.1", 1, "iam@example.com"),
    };

    private DateTimeOffset _end;
    private Guid _provider;

    public async Task InitializeAsync()
    {
        await _installation.InitializeAsync();
        // What is announced stays in the queue, to be looked at.
        await _installation.Get<MailDelivery>().StopAsync(CancellationToken.None);
        _end = _installation.Clock.GetUtcNow().AddDays(340);
        var content = new ProviderDraftContent { Input = Samples.Provider(), Metadata = Samples.Metadata(_end) };
        var identifier = Installation.Done(
            await _installation.Get<ProviderDrafts>().CreateAsync(content, _installation.Administrator, CancellationToken.None)
        );
        _provider = _installation.Get<ProviderRegister>().Find(identifier)!.Id;
    }

    public Task DisposeAsync() => _installation.DisposeAsync();

    [Fact]
    public async Task The_end_is_announced_30_14_7_and_1_days_before_and_when_it_has_come_once_each()
    {
        await EnableAsync();
        List<(int Days, string Subject)> expected =
        [
            (30, "The signing certificate of Contoso expires in 30 days"),
            (14, "The signing certificate of Contoso expires in 14 days"),
            (7, "The signing certificate of Contoso expires in 7 days"),
            (1, "The signing certificate of Contoso expires in 1 day"),
            (0, "The signing certificate of Contoso has expired"),
        ];
        foreach (var (days, subject) in expected)
        {
            var before = await SubjectsAsync();
            await AnnounceAtAsync(_end - TimeSpan.FromDays(days) - TimeSpan.FromSeconds(1));
            Assert.Equal(before, await SubjectsAsync());

            await AnnounceAtAsync(_end - TimeSpan.FromDays(days));
            await AnnounceAtAsync(_end - TimeSpan.FromDays(days) + TimeSpan.FromMinutes(1));

            Assert.Equal(subject, Assert.Single((await SubjectsAsync()).Except(before)));
        }

        Assert.Equal(
            [JournalKind.CertificateEnded, .. Enumerable.Repeat(JournalKind.CertificateEnding, 4)],
            (
                await _installation
                    .Get<Activities>()
                    .ListAsync(Actor.System, new ActivityFilter { Area = ActivityArea.Providers }, 50, CancellationToken.None)
            )
                .Select(activity => activity.Kind)
                .Where(kind => kind.StartsWith("certificate.", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Nothing_is_said_while_nobody_signs_in_there_or_a_newer_certificate_is_known()
    {
        await AnnounceAtAsync(_end - TimeSpan.FromDays(30));
        Assert.Empty(await SubjectsAsync());

        var metadata = Samples.Metadata(_end.AddDays(700));
        Installation.Done(
            await _installation
                .Get<Providers>()
                .ImportMetadataAsync(_provider, metadata, _installation.Administrator, CancellationToken.None)
        );
        await EnableAsync();
        await AnnounceAtAsync(_end - TimeSpan.FromDays(1));

        Assert.Empty(await SubjectsAsync());
    }

    private async Task EnableAsync() =>
        Installation.Done(
            await _installation
                .Get<SingleSignOnConnections>()
                .EnableAsync(_provider, withoutTest: true, _installation.Administrator, CancellationToken.None)
        );

    // The service looks by itself as the clock moves; who comes first does not matter.
    private async Task AnnounceAtAsync(DateTimeOffset instant)
    {
        _installation.Clock.SetUtcNow(instant);
        await _installation.Get<CertificateNotices>().AnnounceDueAsync(CancellationToken.None);
    }

    private async Task<List<string>> SubjectsAsync()
    {
        await using var database = _installation.Read();
        return await database.Mails.Select(mail => mail.Subject).ToListAsync();
    }
}
