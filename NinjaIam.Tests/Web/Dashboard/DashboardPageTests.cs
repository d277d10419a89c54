using Bunit;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Tokens;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Dashboard;
using Xunit;

namespace NinjaIam.Tests.Web.Dashboard;

public sealed class DashboardPageTests : AdministrationTestContext
{
    private SampleDirectory Directory => new(Installation);

    [Fact]
    public void A_new_installation_shows_the_three_first_steps()
    {
        var page = Page();

        Assert.Equal(
            ["Add provider To do", "Enable SCIM To do", "Watch the first person arrive To do"],
            page.FindAll($"{TestId("first-step")} div").Select(Heading)
        );
        Assert.Equal("/administration/accounts/identity-providers/new", page.Find($"{TestId("first-step")} a").GetAttribute("href"));
        Assert.Empty(page.FindAll(TestId("all-work")));
        Assert.Equal("0", page.Find(TestId("count-providers")).TextContent);
        Assert.Equal("1", page.Find(TestId("count-people")).TextContent);
    }

    [Fact]
    public async Task The_steps_tick_themselves_and_leave_when_all_are_done()
    {
        var contoso = await Directory.AddProviderAsync();
        var page = Page();
        Assert.Equal("Add provider Done", Heading(page.Find($"{TestId("first-step")} div")));

        await EnableAsync(contoso.Id);
        await Directory.AddPersonAsync("bob@contoso.com", contoso);
        Time.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(TestId("first-steps"))));
        Assert.Contains("Nothing needs your attention.", page.Find(TestId("all-work")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_nobody_confirmed_needs_attention()
    {
        var contoso = await Directory.AddProviderAsync();
        await EnableAsync(contoso.Id, confirm: false);

        var page = Page();

        var line = page.Find(TestId("attention-line"));
        Assert.Contains("Contoso", line.TextContent, StringComparison.Ordinal);
        Assert.Contains("nobody confirmed that it is stored", line.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            $"/administration/accounts/identity-providers/{contoso.UniqueIdentifier}",
            page.Find(TestId("attention-action")).GetAttribute("href")
        );
    }

    [Fact]
    public async Task The_worst_stands_first()
    {
        var contoso = await Directory.AddProviderAsync();
        var fabrikam = await Directory.AddProviderAsync("Fabrikam", "fabrikam.com");
        await EnableAsync(contoso.Id, confirm: false);
        var token = await EnableAsync(fabrikam.Id);
        await Get<ScimConnections>().RevokeTokenAsync(fabrikam.Id, token.PublicId, Administrator, CancellationToken.None);

        var page = Page();

        Assert.Equal(["Fabrikam", "Contoso"], page.FindAll(".attention-name").Select(name => name.TextContent));
        Assert.Equal("Create token", page.Find(TestId("attention-action")).TextContent.Trim());
        Assert.Contains("Needs attention (2)", page.Find(TestId("attention")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_expires_soon_says_when()
    {
        var contoso = await Directory.AddProviderAsync();
        var token = await EnableAsync(contoso.Id);
        Get<TokenUsage>().Used(Get<TokenRegister>().Check(token.Text).Token!);
        await Get<TokenUsage>().FlushAsync(CancellationToken.None);
        Time.Advance(token.ExpiresAt - Time.GetUtcNow() - TimeSpan.FromDays(9) - TimeSpan.FromHours(1));

        var page = Page();

        Assert.Contains("The SCIM token expires in 9 days.", page.Find(TestId("attention-line")).TextContent, StringComparison.Ordinal);
        Assert.Equal("Rotate token", page.Find(TestId("attention-action")).TextContent.Trim());
    }

    [Fact]
    public async Task Four_numbers_lead_to_the_lists_they_count()
    {
        var contoso = await Directory.AddProviderAsync();
        await Directory.AddPersonAsync("bob@contoso.com", contoso);
        await Directory.AddPersonAsync("carol@contoso.com", contoso, user => user.Active = false);
        Get<SecurityLog>().Record(new Refused(SecurityCause.TokenMissing, "No token.", "request-1") { Status = 401 });
        await Get<SecurityLog>().FlushAsync(CancellationToken.None);

        var page = Page();

        Assert.Equal(["1", "3", "1", "1"], page.FindAll($"{TestId("counts")} a").Select(number => number.TextContent));
        Assert.Equal("/activities?result=refused&since=24h", page.Find(TestId("count-refused")).GetAttribute("href"));
        Assert.Equal("/administration/accounts/users?state=inactive", page.Find(TestId("count-inactive")).GetAttribute("href"));
    }

    [Fact]
    public async Task The_latest_activities_are_sentences_and_new_ones_appear_by_themselves()
    {
        var page = Page();

        await Directory.AddProviderAsync("<em>Contoso</em>", "contoso.com");
        Time.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() =>
            Assert.Contains(
                "Ada Lind imported SAML metadata for <em>Contoso</em>",
                page.Find($"{TestId("recent-activity")} a").TextContent,
                StringComparison.Ordinal
            )
        );
        Assert.Empty(page.FindAll("em"));
        Assert.True(page.FindAll(TestId("recent-activity")).Count <= 8);
    }

    [Fact]
    public async Task Tokens_stand_there_the_first_to_expire_first()
    {
        var contoso = await Directory.AddProviderAsync();
        var fabrikam = await Directory.AddProviderAsync("Fabrikam", "fabrikam.com");
        await EnableAsync(fabrikam.Id);
        Time.Advance(TimeSpan.FromDays(1));
        await EnableAsync(contoso.Id);

        var page = Page();

        Assert.Equal(["Fabrikam", "Contoso"], page.FindAll($"{TestId("token-line")} a").Select(link => link.TextContent));
    }

    private static string Heading(AngleSharp.Dom.IElement step) =>
        $"{step.QuerySelector("a")!.TextContent} {step.QuerySelector(".step-state")!.TextContent}";

    private async Task<IssuedScimToken> EnableAsync(Guid provider, bool confirm = true)
    {
        var token =
            Installation.Done(await Get<ScimConnections>().EnableAsync(provider, Administrator, CancellationToken.None))
            ?? throw new InvalidOperationException("No token was issued.");
        if (confirm)
        {
            await Get<ScimConnections>().ConfirmTokenAsync(provider, token.PublicId, Administrator, CancellationToken.None);
        }

        return token;
    }

    private IRenderedComponent<DashboardPage> Page()
    {
        var page = Render<DashboardPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(TestId("counts"))));
        return page;
    }
}
