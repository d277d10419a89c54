using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Mail;
using NinjaIam.Core.Tokens;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.IdentityProviders;

/// <summary>What is said, and to whom, before a token ends.</summary>
public sealed class TokenNoticesTests : IAsyncLifetime
{
    private readonly Installation _installation = new()
    {
        Mail = mail => (mail.Host, mail.Port, mail.From) = ("127.0.0.1", 1, "iam@example.com"),
    };

    public async Task InitializeAsync()
    {
        await _installation.InitializeAsync();
        // What is announced stays in the queue, to be looked at.
        await _installation.Get<MailDelivery>().StopAsync(CancellationToken.None);
    }

    public Task DisposeAsync() => _installation.DisposeAsync();

    [Fact]
    [Proves("rule-16", "rule-55")]
    public async Task The_end_is_announced_30_14_7_and_1_days_before_and_when_it_has_come_once_each()
    {
        var token = await EnableAsync("Contoso", "contoso.com");
        List<(int Days, string Subject)> expected =
        [
            (30, "The SCIM token of Contoso expires in 30 days"),
            (14, "The SCIM token of Contoso expires in 14 days"),
            (7, "The SCIM token of Contoso expires in 7 days"),
            (1, "The SCIM token of Contoso expires in 1 day"),
            (0, "The SCIM token of Contoso has expired"),
        ];
        var announced = 0;
        foreach (var (days, subject) in expected)
        {
            await AnnounceAtAsync(token.ExpiresAt - TimeSpan.FromDays(days) - TimeSpan.FromSeconds(1));
            Assert.Equal(announced, (await SubjectsAsync()).Count);

            await AnnounceAtAsync(token.ExpiresAt - TimeSpan.FromDays(days));
            await AnnounceAtAsync(token.ExpiresAt - TimeSpan.FromDays(days) + TimeSpan.FromMinutes(1));

            announced++;
            Assert.Equal(announced, (await SubjectsAsync()).Count);
            Assert.Contains(subject, await SubjectsAsync());
        }

        Assert.Equal(
            [JournalKind.TokenEnded, .. Enumerable.Repeat(JournalKind.TokenEnding, 4)],
            (await ActivitiesAsync()).Select(activity => activity.Kind)
        );
        Assert.All(await ActivitiesAsync(), activity => Assert.Equal((token.PublicId, "Contoso"), (activity.ResourceId, activity.Subject)));
    }

    [Fact]
    [Proves("rule-55")]
    public async Task The_mail_names_token_instant_and_page_and_never_the_secret()
    {
        var token = await EnableAsync("Contoso", "contoso.com");

        await AnnounceAtAsync(token.ExpiresAt - TimeSpan.FromDays(6.5));

        await using var database = _installation.Read();
        var mail = await database.Mails.SingleAsync();
        Assert.Equal(Installation.AdministratorEmail, mail.Address);
        Assert.Contains(ScimTokenText.Shown(token.PublicId), mail.Text, StringComparison.Ordinal);
        Assert.Contains("expires on 23 May 2027, 12:00 UTC, in 7 days.", mail.Text, StringComparison.Ordinal);
        Assert.Matches(
            "https://iam.example.com/administration/accounts/identity-providers/[a-z0-9]{12}\n",
            mail.Text.ReplaceLineEndings("\n")
        );
        Assert.DoesNotContain(token.Text[13..], mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("rule-55")]
    public async Task After_a_time_in_which_nothing_ran_only_the_most_urgent_announcement_is_made()
    {
        var token = await EnableAsync("Contoso", "contoso.com");

        await AnnounceAtAsync(token.ExpiresAt - TimeSpan.FromDays(6.5));
        await AnnounceAtAsync(token.ExpiresAt - TimeSpan.FromDays(6));

        Assert.Equal(["The SCIM token of Contoso expires in 7 days"], await SubjectsAsync());
        await AnnounceAtAsync(token.ExpiresAt + TimeSpan.FromDays(20));
        Assert.Equal(2, (await SubjectsAsync()).Count);
    }

    [Fact]
    public async Task Nothing_is_said_of_a_token_that_is_replaced_and_everything_of_the_one_in_its_place()
    {
        var old = await EnableAsync("Contoso", "contoso.com");
        var provider = await ProviderAsync("contoso.com");
        _installation.Clock.SetUtcNow(old.ExpiresAt - TimeSpan.FromDays(40));
        var next = Installation.Done(
            await _installation
                .Get<ScimConnections>()
                .RotateAsync(provider, old.PublicId, RotationEnd.WhenRevoked, _installation.Administrator, CancellationToken.None)
        );

        await AnnounceAtAsync(old.ExpiresAt - TimeSpan.FromDays(1));
        await AnnounceAtAsync(old.ExpiresAt);
        Assert.Empty(await SubjectsAsync());
        await AnnounceAtAsync(next.ExpiresAt - TimeSpan.FromDays(30));

        Assert.Equal(next.PublicId, Assert.Single(await ActivitiesAsync()).ResourceId);
    }

    [Fact]
    public async Task Nothing_is_said_of_a_provider_whose_SCIM_is_disabled_until_it_is_enabled_again()
    {
        var token = await EnableAsync("Contoso", "contoso.com");
        var provider = await ProviderAsync("contoso.com");
        var connections = _installation.Get<ScimConnections>();
        Installation.Done(await connections.DisableAsync(provider, PeopleChoice.Keep, _installation.Administrator, CancellationToken.None));

        await AnnounceAtAsync(token.ExpiresAt - TimeSpan.FromDays(7));
        Assert.Empty(await SubjectsAsync());
        Installation.Done(await connections.EnableAsync(provider, _installation.Administrator, CancellationToken.None));
        await AnnounceAtAsync(token.ExpiresAt - TimeSpan.FromDays(6.5));

        Assert.Equal(["The SCIM token of Contoso expires in 7 days"], await SubjectsAsync());
    }

    [Fact]
    public async Task Nothing_is_said_where_the_last_token_was_revoked_by_hand()
    {
        var token = await EnableAsync("Contoso", "contoso.com");
        var provider = await ProviderAsync("contoso.com");
        Installation.Done(
            await _installation
                .Get<ScimConnections>()
                .RevokeTokenAsync(provider, token.PublicId, _installation.Administrator, CancellationToken.None)
        );

        await AnnounceAtAsync(token.ExpiresAt + TimeSpan.FromDays(1));

        Assert.Empty(await SubjectsAsync());
    }

    [Fact]
    public async Task Each_provider_has_announcements_of_its_own()
    {
        var contoso = await EnableAsync("Contoso", "contoso.com");
        await EnableAsync("Fabrikam\r\nBcc: eve@evil.example", "fabrikam.com");

        await AnnounceAtAsync(contoso.ExpiresAt - TimeSpan.FromDays(30));

        Assert.Equal(
            ["The SCIM token of Contoso expires in 30 days", "The SCIM token of Fabrikam Bcc: eve@evil.example expires in 30 days"],
            (await SubjectsAsync()).Order(StringComparer.Ordinal)
        );
    }

    private async Task<IssuedScimToken> EnableAsync(string name, string domain)
    {
        var content = new ProviderDraftContent
        {
            Input = Samples.Provider(name, domain),
            Metadata = Samples.Metadata(_installation.Clock.GetUtcNow().AddDays(800)) with { EntityId = $"https://{domain}/entity" },
        };
        Installation.Done(
            await _installation.Get<ProviderDrafts>().CreateAsync(content, _installation.Administrator, CancellationToken.None)
        );
        return Installation.Done(
            await _installation
                .Get<ScimConnections>()
                .EnableAsync(await ProviderAsync(domain), _installation.Administrator, CancellationToken.None)
        )!;
    }

    private async Task<Guid> ProviderAsync(string domain)
    {
        await using var database = _installation.Read();
        return (await database.ProviderDomains.SingleAsync(row => row.Domain == domain)).ProviderId;
    }

    // The service looks by itself as the clock moves; who comes first does not matter.
    private async Task AnnounceAtAsync(DateTimeOffset instant)
    {
        _installation.Clock.SetUtcNow(instant);
        await _installation.Get<TokenNotices>().AnnounceDueAsync(CancellationToken.None);
    }

    private async Task<List<string>> SubjectsAsync()
    {
        await using var database = _installation.Read();
        return await database.Mails.Select(mail => mail.Subject).ToListAsync();
    }

    private async Task<IReadOnlyList<Activity>> ActivitiesAsync() =>
        [
            .. (
                await _installation
                    .Get<Activities>()
                    .ListAsync(Actor.System, new ActivityFilter { Area = ActivityArea.Tokens }, 50, CancellationToken.None)
            ).Where(activity => activity.Kind is JournalKind.TokenEnding or JournalKind.TokenEnded),
        ];
}
