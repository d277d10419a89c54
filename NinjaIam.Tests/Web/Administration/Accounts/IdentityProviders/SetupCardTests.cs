using Bunit;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;
using Xunit;
using RoleDirectory = NinjaIam.Core.Accounts.Roles.Roles;

namespace NinjaIam.Tests.Web.Administration.Accounts.IdentityProviders;

public sealed class SetupCardTests : ProviderTestContext
{
    private SampleDirectory Directory => new(Installation);

    [Fact]
    [Proves("rule-56")]
    public async Task The_checklist_ticks_itself_step_by_step()
    {
        var contoso = await AddProviderAsync(withMetadata: false);
        var page = OpenPage(contoso);
        AssertSteps(page, "0 of 7", "next", "open", "open", "open", "open", "open", "open");

        var provider = await FindAsync(contoso);
        Installation.Done(
            await Get<Providers>()
                .ImportMetadataAsync(provider.Id, Samples.Metadata(Time.GetUtcNow().AddDays(340)), Administrator, CancellationToken.None)
        );
        Time.Advance(LivePace);
        AssertSteps(page, "1 of 7", "done", "next", "open", "open", "open", "open", "open");

        var token = await EnableAsync(contoso);
        Time.Advance(LivePace);
        AssertSteps(page, "3 of 7", "done", "done", "done", "next", "open", "open", "open");

        Use(token);
        Time.Advance(LivePace);
        AssertSteps(page, "4 of 7", "done", "done", "done", "done", "next", "open", "open");

        var ada = await Directory.AddPersonAsync("ada@contoso.com", provider);
        Time.Advance(LivePace);
        AssertSteps(page, "5 of 7", "done", "done", "done", "done", "done", "next", "open");

        var group = await Directory.AddGroupAsync("Helpdesk-L1", provider, ada);
        Time.Advance(LivePace);
        AssertSteps(page, "6 of 7", "done", "done", "done", "done", "done", "done", "next");

        await MapAsync(provider.Id, group);
        Time.Advance(LivePace);
        AssertSteps(page, "7 of 7", "done", "done", "done", "done", "done", "done", "done");
        Assert.Equal(7, page.FindAll(TestId("setup-done-at")).Count);
    }

    [Fact]
    public async Task Steps_have_names_and_lead_to_where_they_are_taken()
    {
        var contoso = await AddProviderAsync();

        var page = OpenPage(contoso);

        page.WaitForAssertion(() => Assert.Equal(7, page.FindAll(TestId("setup-step")).Count));
        Assert.Equal(
            ["SAML settings saved", "SCIM enabled", "Token created", "First request", "First user", "First group", "First role mapping"],
            page.FindAll($"{TestId("setup-step")} .setup-step > div > :first-child").Select(name => name.TextContent)
        );
        Assert.Equal(
            ProviderAddress.Of(contoso, ProviderAddress.SingleSignOnTab),
            page.Find($"{TestId("setup-step")} a").GetAttribute("href")
        );
        Assert.Equal(ProviderAddress.Of(contoso, "setup"), page.Find(TestId("open-guide")).GetAttribute("href"));
        Assert.Equal("Open the guide for Entra", page.Find(TestId("open-guide")).TextContent);
    }

    [Fact]
    [Proves("rule-56")]
    public async Task Refused_attempts_stand_at_the_first_request_with_their_reason_until_it_comes()
    {
        var contoso = await AddProviderAsync();
        var provider = await FindAsync(contoso);
        var token = await EnableAsync(contoso);
        var page = OpenPage(contoso);
        Assert.Empty(page.FindAll(TestId("setup-attempt")));

        await RefuseAsync(provider.Id, "The token is not known.");
        await RefuseAsync(provider.Id, "No attempt of the client.", ScimSelfTest.UserAgent);
        Time.Advance(LivePace);

        page.WaitForAssertion(() =>
            Assert.Contains(
                "The token is not known.",
                Assert.Single(page.FindAll(TestId("setup-attempt"))).TextContent,
                StringComparison.Ordinal
            )
        );
        Use(token);
        Time.Advance(LivePace);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(TestId("setup-attempt"))));
    }

    [Fact]
    public async Task A_vendor_without_groups_has_six_steps()
    {
        var contoso = await AddProviderAsync(Samples.Provider(vendor: Vendor.GoogleWorkspace));

        var page = OpenPage(contoso);

        page.WaitForAssertion(() => Assert.Equal("1 of 6", page.Find(TestId("setup-count")).TextContent));
        Assert.DoesNotContain("First group", page.Find(TestId("setup-card")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_small_screen_it_is_folded_until_its_button_is_pressed()
    {
        var page = OpenPage(await AddProviderAsync());
        page.WaitForAssertion(() => Assert.Equal("false", page.Find(TestId("setup-toggle")).GetAttribute("aria-expanded")));
        var steps = $"#{page.Find(TestId("setup-toggle")).GetAttribute("aria-controls")}";
        Assert.DoesNotContain("setup-unfolded", page.Find(steps).ClassName, StringComparison.Ordinal);

        await page.Find(TestId("setup-toggle")).ClickAsync();

        Assert.Equal("true", page.Find(TestId("setup-toggle")).GetAttribute("aria-expanded"));
        Assert.Contains("setup-unfolded", page.Find(steps).ClassName, StringComparison.Ordinal);
    }

    private static void AssertSteps(IRenderedComponent<ProviderPage> page, string count, params string[] states) =>
        page.WaitForAssertion(() =>
        {
            Assert.Equal(count, page.Find(TestId("setup-count")).TextContent);
            Assert.Equal(states, page.FindAll(TestId("setup-state")).Select(state => state.TextContent));
        });

    private async Task RefuseAsync(Guid provider, string detail, string? userAgent = null)
    {
        Get<SecurityLog>()
            .Record(
                new Refused(SecurityCause.TokenUnknown, detail, Origin.NewRequestId())
                {
                    ProviderId = provider,
                    Status = 401,
                    UserAgent = userAgent,
                }
            );
        await Get<SecurityLog>().FlushAsync(CancellationToken.None);
    }

    private async Task MapAsync(Guid provider, Guid group)
    {
        var role = Installation.Done(
            await Get<RoleDirectory>()
                .CreateAsync(AccountKind.Technician, new RoleInput { Name = "Help desk" }, Administrator, CancellationToken.None)
        );
        Installation.Done(
            await Get<RoleMappings>()
                .SaveAsync(
                    provider,
                    new MappingChanges([new NewMapping(role, group, null, null)], []),
                    null,
                    Administrator,
                    CancellationToken.None
                )
        );
    }
}
