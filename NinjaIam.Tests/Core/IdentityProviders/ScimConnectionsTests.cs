using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Tokens;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.IdentityProviders;

public sealed class ScimConnectionsTests : IAsyncLifetime
{
    private readonly Installation _installation = new();

    public Task InitializeAsync() => _installation.InitializeAsync();

    public Task DisposeAsync() => _installation.DisposeAsync();

    private ScimConnections Connections => _installation.Get<ScimConnections>();

    private ConnectionCare Care => _installation.Services.GetServices<IHostedService>().OfType<ConnectionCare>().Single();

    [Fact]
    [Proves("7644-7.4-3", "rule-16")]
    public async Task Enabling_SCIM_issues_a_token_that_expires_six_calendar_months_later()
    {
        _installation.Clock.SetUtcNow(new DateTimeOffset(2027, 8, 31, 12, 0, 0, TimeSpan.Zero));
        var provider = await AddAsync();

        var token = Installation.Done(await Connections.EnableAsync(provider.Id, _installation.Administrator, CancellationToken.None));

        Assert.NotNull(token);
        Assert.Matches($"^{ScimTokenText.Pattern}$", token.Text);
        Assert.Equal(new DateTimeOffset(2028, 2, 29, 12, 0, 0, TimeSpan.Zero), token.ExpiresAt);
        Assert.Equal(ScimState.WaitingForFirstRequest, (await FindAsync(provider.UniqueIdentifier)).Scim);
    }

    [Fact]
    public async Task What_a_token_may_do_is_journaled_goes_over_to_its_successor_and_is_no_change_when_it_is_said_again()
    {
        var provider = await AddAsync();
        var old = Installation.Done(await Connections.EnableAsync(provider.Id, _installation.Administrator, CancellationToken.None))!;
        var access = Installation.Done(TokenAccess.Parse(TokenScope.Read, ["203.0.113.0/24", "2001:db8::1"]));

        for (var time = 0; time < 2; time++)
        {
            Installation.Done(
                await Connections.ChangeTokenAsync(
                    provider.Id,
                    old.PublicId,
                    access,
                    "Entra, production",
                    _installation.Administrator,
                    CancellationToken.None
                )
            );
        }

        Assert.Equal(
            [
                new ChangedValue("label", null, "Entra, production"),
                new ChangedValue("scope", "ReadAndWrite", "Read"),
                new ChangedValue("networks", "", "203.0.113.0/24 2001:db8::1/128"),
            ],
            await ChangesOfLastAsync(JournalKind.TokenChanged)
        );
        await using (var database = _installation.Read())
        {
            Assert.Equal(1, await database.JournalRows.CountAsync(row => row.Kind == JournalKind.TokenChanged));
        }

        Installation.Done(
            await Connections.RotateAsync(
                provider.Id,
                old.PublicId,
                RotationEnd.WhenRevoked,
                _installation.Administrator,
                CancellationToken.None
            )
        );
        Assert.All(
            (await FindAsync(provider.UniqueIdentifier)).LiveTokens,
            token => Assert.Equal((access, "Entra, production"), (token.Access, token.Label))
        );
    }

    [Fact]
    [Proves("7644-2.1-3", "7644-7.7-1", "7643-9.2-2", "rule-15")]
    public async Task The_secret_of_a_token_is_in_no_file_of_the_installation()
    {
        var provider = await AddAsync();

        var token = Installation.Done(await Connections.EnableAsync(provider.Id, _installation.Administrator, CancellationToken.None));

        var secret = Encoding.ASCII.GetBytes(token!.Text[13..]);
        foreach (var file in Directory.EnumerateFiles(_installation.DataDirectory))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            Assert.Equal(-1, copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(secret));
        }
    }

    [Fact]
    [Proves("rule-1")]
    public async Task Without_SAML_metadata_SCIM_is_not_enabled_and_no_token_is_issued()
    {
        var provider = await AddAsync(withMetadata: false);

        var refusal = Installation.Refused(await Connections.EnableAsync(provider.Id, _installation.Administrator, CancellationToken.None));

        Assert.Equal(RefusalKind.PrerequisiteMissing, refusal.Kind);
        Assert.Equal("Import the SAML metadata first.", (await FindAsync(provider.UniqueIdentifier)).MissingForScim);
        await AssertNothingHappenedAsync(provider);
    }

    [Fact]
    [Proves("rule-1")]
    public async Task With_expired_certificates_only_SCIM_is_not_enabled()
    {
        var provider = await AddAsync();
        _installation.Clock.Advance(TimeSpan.FromDays(400));

        var refusal = Installation.Refused(await Connections.EnableAsync(provider.Id, _installation.Administrator, CancellationToken.None));

        Assert.Equal(RefusalKind.PrerequisiteMissing, refusal.Kind);
        await AssertNothingHappenedAsync(provider);
    }

    [Theory]
    [InlineData(ActorKind.Provider)]
    [InlineData(ActorKind.Administrator)]
    [Proves("7644-2-1", "rule-2")]
    public async Task Who_is_no_system_administrator_cannot_enable_SCIM(ActorKind kind)
    {
        var provider = await AddAsync();
        var stranger = Origin.Of(new Actor(kind, Guid.NewGuid(), "Mallory"));

        var refusal = Installation.Refused(await Connections.EnableAsync(provider.Id, stranger, CancellationToken.None));

        Assert.Equal(RefusalKind.NotAllowed, refusal.Kind);
        await AssertNothingHappenedAsync(provider);
    }

    [Fact]
    public async Task A_token_that_was_shown_and_not_confirmed_is_replaced_in_one_step()
    {
        var provider = await AddAsync();
        var lost = Installation.Done(await Connections.EnableAsync(provider.Id, _installation.Administrator, CancellationToken.None));

        var next = Installation.Done(
            await Connections.CreateTokenAsync(provider.Id, lost!.PublicId, _installation.Administrator, CancellationToken.None)
        );

        Assert.Equal(TokenRefusal.Revoked, _installation.Get<TokenRegister>().Check(lost.Text).Refusal);
        Assert.Null(_installation.Get<TokenRegister>().Check(next.Text).Refusal);
        Assert.Equal(next.PublicId, Assert.Single((await FindAsync(provider.UniqueIdentifier)).LiveTokens).PublicId);
    }

    [Theory]
    [InlineData(RotationEnd.DayAfterFirstUse, TokenRefusal.Revoked)]
    [InlineData(RotationEnd.WhenRevoked, null)]
    public async Task A_rotation_goes_on_with_the_token_that_was_created_instead_of_its_unconfirmed_one(
        RotationEnd end,
        TokenRefusal? afterADay
    )
    {
        var provider = await AddAsync();
        var old = Installation.Done(await Connections.EnableAsync(provider.Id, _installation.Administrator, CancellationToken.None));
        var lost = Installation.Done(
            await Connections.RotateAsync(provider.Id, old!.PublicId, end, _installation.Administrator, CancellationToken.None)
        );

        var next = Installation.Done(
            await Connections.CreateTokenAsync(provider.Id, lost.PublicId, _installation.Administrator, CancellationToken.None)
        );

        var register = _installation.Get<TokenRegister>();
        Assert.Equal(TokenRefusal.Revoked, register.Check(lost.Text).Refusal);
        var rotating = (await FindAsync(provider.UniqueIdentifier)).LiveTokens.Single(token => token.PublicId == old.PublicId);
        Assert.Equal((TokenState.RotatingOut, next.PublicId), (rotating.State, rotating.ReplacedBy));
        Assert.Equal(
            new ChangedValue("replacedBy", ScimTokenText.Shown(lost.PublicId), ScimTokenText.Shown(next.PublicId)),
            Assert.Single(await ChangesOfLastAsync(JournalKind.TokenRotated))
        );

        _installation.Get<TokenUsage>().Used(register.Check(next.Text).Token!);
        await _installation.Get<TokenUsage>().FlushAsync(CancellationToken.None);
        await Care.EndDueAsync(CancellationToken.None);
        Assert.Null(register.Check(old.Text).Refusal);
        _installation.Clock.Advance(ConnectionCare.Overlap);
        await Care.EndDueAsync(CancellationToken.None);
        Assert.Equal(afterADay, register.Check(old.Text).Refusal);
        Assert.Null(register.Check(next.Text).Refusal);
    }

    [Fact]
    public async Task A_third_live_token_is_refused()
    {
        var provider = await AddAsync();
        var first = Installation.Done(await Connections.EnableAsync(provider.Id, _installation.Administrator, CancellationToken.None));
        await Connections.RotateAsync(
            provider.Id,
            first!.PublicId,
            RotationEnd.WhenRevoked,
            _installation.Administrator,
            CancellationToken.None
        );

        var refusal = Installation.Refused(
            await Connections.RotateAsync(
                provider.Id,
                first.PublicId,
                RotationEnd.WhenRevoked,
                _installation.Administrator,
                CancellationToken.None
            )
        );

        Assert.Equal("Two tokens are live already. Revoke one of the two tokens first.", refusal.Detail);
        Assert.Equal(2, (await FindAsync(provider.UniqueIdentifier)).LiveTokens.Count);
    }

    [Fact]
    public async Task Disabling_keeps_tokens_dormant_and_enabling_again_issues_none()
    {
        var provider = await AddAsync();
        var token = Installation.Done(await Connections.EnableAsync(provider.Id, _installation.Administrator, CancellationToken.None));

        Installation.Done(
            await Connections.DisableAsync(provider.Id, PeopleChoice.Keep, _installation.Administrator, CancellationToken.None)
        );
        Assert.Equal(ScimState.Disabled, (await FindAsync(provider.UniqueIdentifier)).Scim);
        var second = Installation.Done(await Connections.EnableAsync(provider.Id, _installation.Administrator, CancellationToken.None));

        Assert.Null(second);
        Assert.Equal(token!.PublicId, Assert.Single((await FindAsync(provider.UniqueIdentifier)).LiveTokens).PublicId);
    }

    [Fact]
    [Proves("7644-7.4-3", "rule-16")]
    public async Task A_token_is_refused_from_the_second_of_its_expiry_on()
    {
        var provider = await AddAsync();
        var token = Installation.Done(await Connections.EnableAsync(provider.Id, _installation.Administrator, CancellationToken.None));
        var register = _installation.Get<TokenRegister>();

        _installation.Clock.SetUtcNow(token!.ExpiresAt.AddSeconds(-1));
        Assert.Null(register.Check(token.Text).Refusal);
        _installation.Clock.SetUtcNow(token.ExpiresAt);

        Assert.Equal(TokenRefusal.Expired, register.Check(token.Text).Refusal);
        Assert.Equal(ScimState.Expired, (await FindAsync(provider.UniqueIdentifier)).Scim);
    }

    [Fact]
    [Proves("rule-17")]
    public async Task A_token_that_rotates_out_ends_a_day_after_its_successor_was_first_used()
    {
        var provider = await AddAsync();
        var old = Installation.Done(await Connections.EnableAsync(provider.Id, _installation.Administrator, CancellationToken.None));
        var next = Installation.Done(
            await Connections.RotateAsync(
                provider.Id,
                old!.PublicId,
                RotationEnd.DayAfterFirstUse,
                _installation.Administrator,
                CancellationToken.None
            )
        );
        var register = _installation.Get<TokenRegister>();
        _installation.Get<TokenUsage>().Used(register.Check(next.Text).Token!);
        await _installation.Get<TokenUsage>().FlushAsync(CancellationToken.None);

        Assert.Equal(0, await Care.EndDueAsync(CancellationToken.None));
        Assert.Null(register.Check(old.Text).Refusal);
        _installation.Clock.Advance(ConnectionCare.Overlap);
        await Care.EndDueAsync(CancellationToken.None);

        Assert.Equal(TokenRefusal.Revoked, register.Check(old.Text).Refusal);
        Assert.Null(register.Check(next.Text).Refusal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("njs_")]
    [InlineData("Bearer")]
    [InlineData("njs_abcdefgh_0000000000000000000000000000000000000000000000000")]
    public void Text_that_cannot_be_a_token_is_malformed(string text)
    {
        Assert.Equal(TokenRefusal.Malformed, _installation.Get<TokenRegister>().Check(text).Refusal);
    }

    [Fact]
    public async Task Every_step_stands_in_the_journal_with_its_author()
    {
        var provider = await AddAsync();
        var token = Installation.Done(await Connections.EnableAsync(provider.Id, _installation.Administrator, CancellationToken.None));
        await Connections.ConfirmTokenAsync(provider.Id, token!.PublicId, _installation.Administrator, CancellationToken.None);
        await Connections.RevokeTokenAsync(provider.Id, token.PublicId, _installation.Administrator, CancellationToken.None);

        var activities = await _installation
            .Get<Activities>()
            .ListAsync(_installation.Administrator.Actor, new ActivityFilter { ProviderId = provider.Id }, 50, CancellationToken.None);

        Assert.Equal(
            [
                JournalKind.TokenRevoked,
                JournalKind.TokenConfirmed,
                JournalKind.TokenCreated,
                JournalKind.ScimEnabled,
                JournalKind.ProviderMetadataImported,
                JournalKind.ProviderCreated,
            ],
            activities.Select(activity => activity.Kind)
        );
        Assert.All(activities, activity => Assert.Equal("Ada Lind", activity.ActorName));
    }

    private async Task<ProviderDetails> AddAsync(bool withMetadata = true)
    {
        var content = new ProviderDraftContent
        {
            Input = Samples.Provider(),
            Metadata = withMetadata ? Samples.Metadata(_installation.Clock.GetUtcNow().AddDays(340)) : null,
        };
        return await FindAsync(
            Installation.Done(
                await _installation.Get<ProviderDrafts>().CreateAsync(content, _installation.Administrator, CancellationToken.None)
            )
        );
    }

    private async Task<ProviderDetails> FindAsync(string identifier) =>
        await _installation.Get<Providers>().FindAsync(_installation.Administrator.Actor, identifier, CancellationToken.None)
        ?? throw new InvalidOperationException("The provider is gone.");

    private async Task<IReadOnlyList<ChangedValue>> ChangesOfLastAsync(string kind)
    {
        var activities = _installation.Get<Activities>();
        var actor = _installation.Administrator.Actor;
        var lines = await activities.ListAsync(actor, new ActivityFilter(), 50, CancellationToken.None);
        return await activities.ChangesAsync(actor, lines.First(line => line.Kind == kind).Id, CancellationToken.None);
    }

    private async Task AssertNothingHappenedAsync(ProviderDetails provider)
    {
        await using var database = _installation.Read();
        Assert.Empty(await database.ScimTokens.ToListAsync());
        Assert.False((await FindAsync(provider.UniqueIdentifier)).ScimEnabled);
    }
}
