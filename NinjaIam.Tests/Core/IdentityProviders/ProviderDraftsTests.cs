using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.IdentityProviders;

public sealed class ProviderDraftsTests : IAsyncLifetime
{
    private readonly Installation _installation = new();

    public Task InitializeAsync() => _installation.InitializeAsync();

    public Task DisposeAsync() => _installation.DisposeAsync();

    private ProviderDrafts Drafts => _installation.Get<ProviderDrafts>();

    [Fact]
    [Proves("rule-11")]
    public async Task A_draft_keeps_what_was_entered_and_becomes_a_provider_with_the_same_identifier()
    {
        var id = await StartAsync();
        var content = new ProviderDraftContent
        {
            Input = Samples.Provider(),
            Metadata = Samples.Metadata(_installation.Clock.GetUtcNow().AddDays(90)),
        };
        Installation.Done(await Drafts.KeepAsync(id, content, _installation.Administrator, CancellationToken.None));
        var draft = await Drafts.FindAsync(_installation.Administrator.Actor, id, CancellationToken.None);

        var identifier = Installation.Done(await Drafts.SaveAsync(id, _installation.Administrator, CancellationToken.None));

        Assert.Equal(draft!.UniqueIdentifier, identifier);
        var provider = await _installation
            .Get<Providers>()
            .FindAsync(_installation.Administrator.Actor, identifier, CancellationToken.None);
        Assert.Equal($"https://iam.example.com/saml/{identifier}", provider!.EntityId);
        Assert.Equal($"https://iam.example.com/scim/v2/{identifier}", provider.ScimBaseUrl);
        Assert.Equal(["contoso.com"], provider.Input.Domains);
        Assert.Equal(SingleSignOnState.Configured, provider.SingleSignOn);
        Assert.Empty(await Drafts.ListAsync(_installation.Administrator.Actor, CancellationToken.None));
    }

    [Theory]
    [InlineData("CONTOSO", "other.com", nameof(ProviderInput.DisplayName))]
    [InlineData("Other", "contoso.com", nameof(ProviderInput.Domains))]
    [Proves("rule-4", "rule-5")]
    public async Task A_name_or_domain_that_another_provider_took_meanwhile_is_refused_at_save(string name, string domain, string field)
    {
        var id = await StartAsync();
        var content = new ProviderDraftContent { Input = Samples.Provider(name, domain) };
        await Drafts.KeepAsync(id, content, _installation.Administrator, CancellationToken.None);
        Installation.Done(
            await Drafts.CreateAsync(
                new ProviderDraftContent { Input = Samples.Provider() },
                _installation.Administrator,
                CancellationToken.None
            )
        );

        var refusal = Installation.Refused(await Drafts.SaveAsync(id, _installation.Administrator, CancellationToken.None));

        Assert.Equal((RefusalKind.AlreadyTaken, field), (refusal.Kind, refusal.Field));
        Assert.NotNull(await Drafts.FindAsync(_installation.Administrator.Actor, id, CancellationToken.None));
        Assert.Equal(1, await _installation.Get<Providers>().CountAsync(_installation.Administrator.Actor, CancellationToken.None));
    }

    [Fact]
    public async Task Nobody_else_sees_changes_or_discards_a_draft()
    {
        var id = await StartAsync();
        var other = Origin.Of(new Actor(ActorKind.Administrator, await AddAdministratorAsync(), "Sam Roy"));

        Assert.Null(await Drafts.FindAsync(other.Actor, id, CancellationToken.None));
        Assert.Equal(RefusalKind.NotFound, Installation.Refused(await Drafts.DiscardAsync(id, other, CancellationToken.None)).Kind);
        Assert.NotNull(await Drafts.FindAsync(_installation.Administrator.Actor, id, CancellationToken.None));
    }

    [Fact]
    public async Task A_draft_is_dropped_thirty_days_after_its_last_change()
    {
        var id = await StartAsync();
        _installation.Clock.Advance(ProviderDrafts.Lifetime - TimeSpan.FromSeconds(1));
        Assert.NotNull(await Drafts.FindAsync(_installation.Administrator.Actor, id, CancellationToken.None));

        _installation.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await Drafts.FindAsync(_installation.Administrator.Actor, id, CancellationToken.None));
        await StartAsync();
        await using var database = _installation.Read();
        Assert.Equal(1, await database.ProviderDrafts.CountAsync());
    }

    [Fact]
    public async Task A_half_filled_draft_says_what_is_missing_at_save()
    {
        var id = await StartAsync();

        var refusal = Installation.Refused(await Drafts.SaveAsync(id, _installation.Administrator, CancellationToken.None));

        Assert.Equal((RefusalKind.InvalidValue, nameof(ProviderInput.Vendor)), (refusal.Kind, refusal.Field));
    }

    [Fact]
    public async Task Lists_filter_sort_and_page_on_the_server()
    {
        foreach (var name in new[] { "Contoso", "Fabrikam", "Northwind" })
        {
            var content = new ProviderDraftContent { Input = Samples.Provider(name, $"{name}.com".ToLowerInvariant(), Vendor.Okta) };
            Installation.Done(await Drafts.CreateAsync(content, _installation.Administrator, CancellationToken.None));
        }

        var providers = _installation.Get<Providers>();
        var actor = _installation.Administrator.Actor;
        var second = await providers.ListAsync(actor, new ProviderFilter(), new PageRequest(1, 1, "-name"), CancellationToken.None);
        var found = await providers.ListAsync(
            actor,
            new ProviderFilter { Search = "FABRI" },
            new PageRequest(0, 10),
            CancellationToken.None
        );
        var byDomain = await providers.ListAsync(
            actor,
            new ProviderFilter { Search = "northwind.c" },
            new PageRequest(0, 10),
            CancellationToken.None
        );
        var active = await providers.ListAsync(
            actor,
            new ProviderFilter { ScimState = ScimState.Active },
            new PageRequest(0, 10),
            CancellationToken.None
        );

        Assert.Equal((3, "Fabrikam"), (second.Total, Assert.Single(second.Items).DisplayName));
        Assert.Equal("Fabrikam", Assert.Single(found.Items).DisplayName);
        Assert.Equal("Northwind", Assert.Single(byDomain.Items).DisplayName);
        Assert.Empty(active.Items);
    }

    [Fact]
    public async Task An_edit_that_was_made_on_old_details_is_refused()
    {
        var identifier = Installation.Done(
            await Drafts.CreateAsync(
                new ProviderDraftContent { Input = Samples.Provider() },
                _installation.Administrator,
                CancellationToken.None
            )
        );
        var providers = _installation.Get<Providers>();
        var seen = await providers.FindAsync(_installation.Administrator.Actor, identifier, CancellationToken.None);
        var change = seen!.Input with { DisplayName = "Contoso Europe" };
        Installation.Done(await providers.ChangeAsync(seen.Id, change, seen.Stamp, _installation.Administrator, CancellationToken.None));

        var refusal = Installation.Refused(
            await providers.ChangeAsync(
                seen.Id,
                seen.Input with
                {
                    DisplayName = "Late",
                },
                seen.Stamp,
                _installation.Administrator,
                CancellationToken.None
            )
        );

        Assert.Equal(RefusalKind.Stale, refusal.Kind);
        var now = await providers.FindAsync(_installation.Administrator.Actor, identifier, CancellationToken.None);
        Assert.Equal("Contoso Europe", now!.DisplayName);
    }

    [Fact]
    public async Task A_change_of_domains_alone_is_noticed_by_who_edits_older_details()
    {
        var identifier = Installation.Done(
            await Drafts.CreateAsync(
                new ProviderDraftContent { Input = Samples.Provider() },
                _installation.Administrator,
                CancellationToken.None
            )
        );
        var providers = _installation.Get<Providers>();
        var seen = await providers.FindAsync(_installation.Administrator.Actor, identifier, CancellationToken.None);
        var change = seen!.Input with { Domains = ["contoso.com", "contoso.de"] };
        Installation.Done(await providers.ChangeAsync(seen.Id, change, seen.Stamp, _installation.Administrator, CancellationToken.None));

        var late = seen.Input with { DisplayName = "Late" };
        var refusal = Installation.Refused(
            await providers.ChangeAsync(seen.Id, late, seen.Stamp, _installation.Administrator, CancellationToken.None)
        );

        Assert.Equal(RefusalKind.Stale, refusal.Kind);
        var now = await providers.FindAsync(_installation.Administrator.Actor, identifier, CancellationToken.None);
        Assert.Equal(["contoso.com", "contoso.de"], now!.Input.Domains);
    }

    [Theory]
    [InlineData("a\uFFFEb")]
    [InlineData("a\uD83D")]
    public async Task A_search_for_text_that_is_no_text_finds_nothing_and_does_not_fail(string search)
    {
        var found = await _installation
            .Get<Providers>()
            .ListAsync(
                _installation.Administrator.Actor,
                new ProviderFilter { Search = search },
                new PageRequest(0, 10),
                CancellationToken.None
            );

        Assert.Empty(found.Items);
    }

    private async Task<Guid> StartAsync() =>
        Installation.Done(await Drafts.StartAsync(_installation.Administrator, CancellationToken.None));

    private async Task<Guid> AddAdministratorAsync() =>
        Installation.Done(
            await _installation
                .Get<Administrators>()
                .CreateAsync(
                    new NewAdministrator
                    {
                        FullName = "Sam Roy",
                        Email = "sam@example.com",
                        Password = "another long password",
                    },
                    onlyAsFirst: false,
                    Origin.Of(Actor.CommandLine),
                    CancellationToken.None
                )
        );
}
