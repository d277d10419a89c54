using Bunit;
using NinjaIam.Core.Mail;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Settings;
using Xunit;

namespace NinjaIam.Tests.Web.Administration.Settings;

public sealed class MailSettingsTests : AdministrationTestContext
{
    private readonly MailServer _server = new MailServer().Start();
    private bool _isSetUp = true;

    public MailSettingsTests() => Installation.Mail = Set;

    [Fact]
    public void Without_settings_the_tab_says_so_and_offers_nothing_to_send()
    {
        _isSetUp = false;

        var page = Render<SettingsPage>();

        Assert.Contains("Mail is not set up.", page.Find(TestId("mail-not-set-up")).TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(TestId("send-test")));
    }

    [Fact]
    public void The_settings_stand_there_without_the_password()
    {
        var page = Render<SettingsPage>();

        Assert.Equal("127.0.0.1", page.Find($"{TestId("mail-host")} dd").TextContent.Trim());
        Assert.Equal($"{_server.Port}", page.Find($"{TestId("mail-port")} dd").TextContent.Trim());
        Assert.Equal("Not encrypted", page.Find($"{TestId("mail-security")} dd").TextContent.Trim());
        Assert.Equal("NinjaIam <iam@example.com>", page.Find($"{TestId("mail-from")} dd").TextContent.Trim());
        Assert.DoesNotContain("hidden", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_mail_goes_to_who_asks_and_the_outcome_stands_on_the_page()
    {
        var page = Render<SettingsPage>();

        await page.Find(TestId("send-test")).ClickAsync();

        page.WaitForAssertion(() =>
            Assert.Contains("ada@example.com", page.Find(TestId("test-sent")).TextContent, StringComparison.Ordinal)
        );
        Assert.Equal(["ada@example.com"], Assert.Single(_server.Received).Recipients);
    }

    [Fact]
    public async Task A_server_that_refuses_is_quoted()
    {
        _server.RefusesRecipient = "550 5.7.1 relaying denied";
        var page = Render<SettingsPage>();

        await page.Find(TestId("send-test")).ClickAsync();

        page.WaitForAssertion(() =>
            Assert.Contains("550 5.7.1 relaying denied", page.Find(TestId("test-failed")).TextContent, StringComparison.Ordinal)
        );
        Assert.Empty(page.FindAll(TestId("test-sent")));
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        _server.Dispose();
    }

    private void Set(MailOptions options)
    {
        if (_isSetUp)
        {
            (options.Host, options.Port, options.Security) = ("127.0.0.1", _server.Port, MailSecurity.None);
            options.From = "NinjaIam <iam@example.com>";
            (options.UserName, options.Password) = ("", "hidden");
        }
    }
}
