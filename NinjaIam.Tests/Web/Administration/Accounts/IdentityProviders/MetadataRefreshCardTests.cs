using Bunit;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;
using NinjaIam.Web.Components.Dashboard;
using Xunit;

namespace NinjaIam.Tests.Web.Administration.Accounts.IdentityProviders;

/// <summary>What an administrator sees of metadata that is read again, and decides about it.</summary>
public sealed class MetadataRefreshCardTests : ProviderTestContext
{
    private readonly MetadataServer _server = new();
    private byte[] _old = [];
    private byte[] _next = [];

    public override async Task InitializeAsync()
    {
        await _server.InitializeAsync();
        Installation.Settings.Add(MetadataServer.Setting.Key, MetadataServer.Setting.Value);
        await base.InitializeAsync();
        var now = Time.GetUtcNow();
        (_old, _next) = (Samples.Certificate(now.AddYears(-1), now.AddYears(1)), Samples.Certificate(now, now.AddYears(2)));
        _server.Certificates = [_old];
    }

    [Fact]
    public async Task A_change_is_found_by_hand_compared_and_accepted()
    {
        var contoso = await AddAsync();
        var page = OpenPage(contoso, ProviderAddress.SingleSignOnTab);
        page.Find(TestId("check-metadata")).Click();
        page.WaitForAssertion(() => Assert.Equal("The metadata is unchanged.", page.Find(TestId("metadata-checked")).TextContent));
        Assert.Empty(page.FindAll(TestId("metadata-waiting")));

        (_server.Certificates, _server.SignInUrl) = ([_next], "https://idp.example.com/new");
        page.Find(TestId("check-metadata")).Click();

        page.WaitForAssertion(() => page.Find(TestId("accept-metadata")));
        Assert.Equal(
            ["New CN=idp.example.com", "Goes CN=idp.example.com"],
            page.FindAll(TestId("waiting-certificate")).Select(line => line.FirstElementChild!.TextContent)
        );
        Assert.Contains(
            "https://idp.example.com/sign-in, then https://idp.example.com/new",
            page.Find(TestId("waiting-sign-in-url")).TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains("says something new", page.Find(TestId("provider-notice")).TextContent, StringComparison.Ordinal);
        page.Find(TestId("accept-metadata")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm")));
        Dialogs.Find(TestId("confirm")).Click();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(TestId("accept-metadata"))));
        Assert.Equal([_next], (await FindAsync(contoso)).Certificates.Select(certificate => certificate.Der));
    }

    [Fact]
    public async Task Accepting_asks_for_the_password_when_it_was_not_given_lately_and_refusing_does_not()
    {
        var contoso = await AddAsync();
        _server.Certificates = [_old, _next];
        await SignedIn.ForgetStepUpAsync(Get<IServiceProvider>(), Administrator);
        var page = OpenPage(contoso, ProviderAddress.SingleSignOnTab);
        page.Find(TestId("check-metadata")).Click();
        page.WaitForAssertion(() => page.Find(TestId("accept-metadata")));

        page.Find(TestId("accept-metadata")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("step-up-password")));
        Dialogs.Find(TestId("confirm")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find("[aria-invalid=true]"));
        Dialogs.Find(TestId("cancel")).Click();
        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll(TestId("confirm"))));
        Assert.Single((await FindAsync(contoso)).Certificates);
        page.Find(TestId("refuse-metadata")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm")));
        Dialogs.Find(TestId("confirm")).Click();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(TestId("refuse-metadata"))));
        Assert.Single((await FindAsync(contoso)).Certificates);
        page.Find(TestId("check-metadata")).Click();
        page.WaitForAssertion(() =>
            Assert.Contains("was refused before", page.Find(TestId("metadata-checked")).TextContent, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_failure_stands_there_with_its_reason_and_after_a_day_at_the_top_and_on_the_dashboard()
    {
        var contoso = await AddAsync();
        _server.Status = 404;
        var page = OpenPage(contoso, ProviderAddress.SingleSignOnTab);
        page.Find(TestId("check-metadata")).Click();
        page.WaitForAssertion(() =>
            Assert.Contains(
                "has nothing at this address (status 404)",
                page.Find(TestId("metadata-failure")).TextContent,
                StringComparison.Ordinal
            )
        );
        Assert.Contains("Not since the import", page.Find(TestId("metadata-succeeded-at")).TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(TestId("provider-notice")));

        Time.Advance(MetadataRefreshes.Patience);

        page.Find(TestId("check-metadata")).Click();
        page.WaitForAssertion(() =>
            Assert.Contains("could not be read since", page.Find(TestId("provider-notice")).TextContent, StringComparison.Ordinal)
        );
        var dashboard = Render<DashboardPage>();
        dashboard.WaitForAssertion(() =>
            Assert.Contains("could not be read for a day", dashboard.Find(TestId("attention-line")).TextContent, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Where_the_metadata_came_from_no_address_there_is_nothing_to_check()
    {
        var page = OpenPage(await AddProviderAsync(), ProviderAddress.SingleSignOnTab);

        Assert.NotNull(page.Find(TestId("saved-metadata")));
        Assert.Empty(page.FindAll(TestId("metadata-refresh")));
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _server.DisposeAsync();
    }

    private async Task<string> AddAsync() =>
        Installation.Done(
            await Get<ProviderDrafts>()
                .CreateAsync(
                    new ProviderDraftContent { Input = Samples.Provider(), Metadata = _server.Import() },
                    Administrator,
                    CancellationToken.None
                )
        );
}
