using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Mail;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;
using Xunit;

namespace NinjaIam.Tests.Web.Administration.Accounts.IdentityProviders;

/// <summary>Enabling, disabling and changing how people sign in by a provider.</summary>
public sealed class SingleSignOnCardTests : ProviderTestContext
{
    [Fact]
    [Proves("rule-9")]
    public async Task Without_a_test_that_passed_enabling_says_what_that_means_and_needs_a_confirmation()
    {
        var contoso = await AddProviderAsync();
        var page = OpenPage(contoso, ProviderAddress.SingleSignOnTab);

        page.Find(TestId("enable-sso")).Click();
        Dialogs.WaitForAssertion(() =>
            Assert.Contains("No test has passed", Dialogs.Find("[role=dialog]").TextContent, StringComparison.Ordinal)
        );
        Assert.Null((await FindAsync(contoso)).SingleSignOnSince);
        Dialogs.Find(TestId("confirm")).Click();

        page.WaitForAssertion(() => page.Find(TestId("disable-sso")));
        Assert.Equal(SingleSignOnState.Enabled, (await FindAsync(contoso)).SingleSignOn);
    }

    [Fact]
    [Proves("rule-9")]
    public async Task After_a_test_it_is_enabled_and_new_metadata_wants_a_new_test()
    {
        var contoso = await AddProviderAsync();
        var id = (await FindAsync(contoso)).Id;
        Installation.Done(await Get<SingleSignOnConnections>().NoteTestAsync(id, Administrator, CancellationToken.None));
        Assert.Equal(SingleSignOnState.Tested, (await FindAsync(contoso)).SingleSignOn);
        var page = OpenPage(contoso, ProviderAddress.SingleSignOnTab);
        Assert.Contains("tested by Ada Lind", page.Find(TestId("tested")).TextContent, StringComparison.Ordinal);

        page.Find(TestId("enable-sso")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm")));
        Assert.DoesNotContain("No test has passed", Dialogs.Find("[role=dialog]").TextContent, StringComparison.Ordinal);
        Dialogs.Find(TestId("confirm")).Click();
        page.WaitForAssertion(() => page.Find(TestId("disable-sso")));

        Time.Advance(TimeSpan.FromMinutes(1));
        Installation.Done(
            await Get<Providers>()
                .ImportMetadataAsync(id, Samples.Metadata(Time.GetUtcNow().AddDays(300)), Administrator, CancellationToken.None)
        );
        Assert.Null((await FindAsync(contoso)).TestedAt);
    }

    [Fact]
    [Proves("rule-9")]
    public async Task The_service_refuses_to_enable_what_was_never_tested_unless_it_is_told_to()
    {
        var id = (await FindAsync(await AddProviderAsync())).Id;

        var refusal = Installation.Refused(
            await Get<SingleSignOnConnections>().EnableAsync(id, withoutTest: false, Administrator, CancellationToken.None)
        );

        Assert.Equal("No test has passed with the metadata that is saved now. Test the connection first.", refusal.Detail);
    }

    [Fact]
    [Proves("rule-6")]
    public async Task The_reply_url_of_each_further_address_stands_beside_the_first_to_be_copied()
    {
        Get<PortalAddress>().SetBranded([new Uri("https://support.example.com"), new Uri("https://help.example.com:8443")]);
        var contoso = await AddProviderAsync();

        var page = OpenPage(contoso, ProviderAddress.SingleSignOnTab);

        Assert.Contains($"https://iam.example.com/saml/{contoso}", page.Find(TestId("reply-url")).TextContent, StringComparison.Ordinal);
        Assert.Equal(
            [
                $"Reply URL for support.example.com https://support.example.com/saml/{contoso}",
                $"Reply URL for help.example.com:8443 https://help.example.com:8443/saml/{contoso}",
            ],
            page.FindAll(TestId("branded-reply-url"))
                .Select(field =>
                    $"{field.QuerySelector("label, .field-label")!.TextContent.Trim()} {field.QuerySelector(TestId("copy-value"))!.TextContent.Trim()}"
                )
        );
    }

    [Fact]
    [Proves("rule-54")]
    public async Task Disabling_says_how_many_people_would_have_no_way_in()
    {
        var contoso = await AddProviderAsync();
        var id = (await FindAsync(contoso)).Id;
        Installation.Done(await Get<SingleSignOnConnections>().EnableAsync(id, withoutTest: true, Administrator, CancellationToken.None));
        await AddPersonAsync("one@contoso.com", id, password: null);
        await AddPersonAsync("two@contoso.com", null, password: null);
        await AddPersonAsync("three@contoso.com", id, password: "hash");
        await AddPersonAsync("four@example.com", null, password: null);
        var page = OpenPage(contoso, ProviderAddress.SingleSignOnTab);

        page.Find(TestId("disable-sso")).Click();
        Dialogs.WaitForAssertion(() =>
            Assert.Contains(
                "2 people have no password and would have no way in.",
                Dialogs.Find("[role=dialog]").TextContent,
                StringComparison.Ordinal
            )
        );
        Dialogs.Find(TestId("confirm")).Click();

        page.WaitForAssertion(() => page.Find(TestId("enable-sso")));
        Assert.Equal(SingleSignOnState.Disabled, (await FindAsync(contoso)).SingleSignOn);
    }

    [Fact]
    [Proves("rule-54")]
    public async Task Where_mail_is_set_up_those_people_can_be_sent_a_link_at_once_or_later()
    {
        var mail = Get<IOptions<MailOptions>>().Value;
        (mail.Host, mail.Port, mail.From, mail.Security) = ("127.0.0.1", 9, "iam@example.com", MailSecurity.None);
        var contoso = await AddProviderAsync();
        var id = (await FindAsync(contoso)).Id;
        Installation.Done(await Get<SingleSignOnConnections>().EnableAsync(id, withoutTest: true, Administrator, CancellationToken.None));
        await AddPersonAsync("one@contoso.com", id, password: null);
        var page = OpenPage(contoso, ProviderAddress.SingleSignOnTab);

        page.Find(TestId("disable-sso")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("choice-send")).Change("send"));
        Dialogs.Find(TestId("confirm")).Click();
        page.WaitForAssertion(() => page.Find(TestId("enable-sso")));
        Assert.Single(await MailsAsync());

        page.Find(TestId("send-password-links")).Click();
        Dialogs.WaitForAssertion(() =>
            Assert.Contains("1 person has no password", Dialogs.Find("[role=dialog]").TextContent, StringComparison.Ordinal)
        );
        Dialogs.Find(TestId("confirm")).Click();
        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll(TestId("confirm"))));
        Assert.Equal(2, (await MailsAsync()).Count);
    }

    private Task<List<QueuedMail>> MailsAsync() =>
        Get<IWritePath>().RunAsync(scope => scope.Database.Mails.AsNoTracking().ToListAsync(), CancellationToken.None);

    [Fact]
    public async Task What_is_chosen_is_saved_and_only_one_provider_is_the_default()
    {
        var contoso = await AddProviderAsync();
        var fabrikam = await AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));
        Installation.Done(
            await Get<SingleSignOnConnections>()
                .ChangeAsync(
                    (await FindAsync(fabrikam)).Id,
                    new SingleSignOnChoices(true, false, null, 2),
                    Administrator,
                    CancellationToken.None
                )
        );
        var page = OpenPage(contoso, ProviderAddress.SingleSignOnTab);

        page.Find(TestId("sso-default")).Change(true);
        page.Find(TestId("user-name-attribute")).Input("mail");
        page.Find(TestId("clock-skew")).Change("5");
        page.Find(TestId("sign-on-form")).Submit();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm")));
        Dialogs.Find(TestId("confirm")).Click();

        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll(TestId("confirm"))));
        Assert.Equal(
            new SingleSignOnChoices(true, false, "mail", 5) { SecondFactor = VendorCatalog.Of(Vendor.MicrosoftEntraId).SecondFactor },
            (await FindAsync(contoso)).SignOnChoices
        );
        Assert.False((await FindAsync(fabrikam)).SignOnChoices.IsDefault);
    }

    [Fact]
    [Proves("rule-41")]
    public async Task The_bypass_can_be_chosen_once_a_test_showed_what_stands_in_the_fields()
    {
        var contoso = await AddProviderAsync();
        var id = (await FindAsync(contoso)).Id;
        var page = OpenPage(contoso, ProviderAddress.SingleSignOnTab);
        Assert.True(page.Find(TestId("mfa-bypass")).HasAttribute("disabled"));

        page.Find(TestId("factor-attribute")).Input("amr");
        page.Find(TestId("factor-value")).Input("mfa");
        Save(page);
        Assert.True(page.Find(TestId("mfa-bypass")).HasAttribute("disabled"));
        Assert.Contains("Not available until a test", page.Find(TestId("sign-on-form")).TextContent, StringComparison.Ordinal);

        Installation.Done(
            await Get<SingleSignOnConnections>()
                .NoteTestAsync(id, Administrator, CancellationToken.None, new SecondFactorClaim("amr", "mfa"))
        );
        Time.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.False(page.Find(TestId("mfa-bypass")).HasAttribute("disabled")));
        page.Find(TestId("factor-value")).Input("hwk");
        Assert.True(page.Find(TestId("mfa-bypass")).HasAttribute("disabled"));
        page.Find(TestId("factor-value")).Input("mfa");
        page.Find(TestId("mfa-bypass")).Change(true);
        page.Find(TestId("sign-on-form")).Submit();
        Dialogs.WaitForAssertion(() =>
            Assert.Contains("Technicians are not asked", Dialogs.Find("[role=dialog]").TextContent, StringComparison.Ordinal)
        );
        Dialogs.Find(TestId("confirm")).Click();
        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll(TestId("confirm"))));

        Assert.True((await FindAsync(contoso)).SignOnChoices.SkipsSecondFactor);
    }

    [Fact]
    [Proves("rule-52")]
    public async Task Requiring_single_sign_on_says_who_may_still_use_a_password_and_warns_of_a_single_way_back()
    {
        var contoso = await AddProviderAsync();
        var page = OpenPage(contoso, ProviderAddress.SingleSignOnTab);

        page.Find("[data-testid='require-contoso.com']").Change(true);
        page.Find(TestId("sign-on-form")).Submit();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm")));
        Dialogs.Find(TestId("confirm")).Click();
        Dialogs.WaitForAssertion(() =>
            Assert.Contains("second factor in My profile", Dialogs.Find(TestId("confirm-refused")).TextContent, StringComparison.Ordinal)
        );
        Dialogs.Find(TestId("cancel")).Click();
        await SetUpFactorAsync();

        page.Find(TestId("sign-on-form")).Submit();
        Dialogs.WaitForAssertion(() =>
            Assert.Contains("Only one system administrator", Dialogs.Find("[role=dialog]").TextContent, StringComparison.Ordinal)
        );
        Dialogs.Find(TestId("confirm")).Click();
        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll(TestId("confirm"))));

        Assert.Equal(["contoso.com"], (await FindAsync(contoso)).SignOnChoices.RequiredFor);
    }

    private void Save(IRenderedComponent<ProviderPage> page)
    {
        page.Find(TestId("sign-on-form")).Submit();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm")));
        Dialogs.Find(TestId("confirm")).Click();
        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll(TestId("confirm"))));
    }

    private Task SetUpFactorAsync() =>
        Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    var ada = await scope.Database.Users.FindAsync(Administrator.Actor.Id);
                    ada!.TwoFactorEnabled = true;
                    return await scope.Database.SaveChangesAsync();
                },
                CancellationToken.None
            );

    [Fact]
    [Proves("rule-18")]
    public async Task Each_act_asks_for_the_password_when_it_was_not_given_lately()
    {
        var id = (await FindAsync(await AddProviderAsync())).Id;
        await SignedIn.ForgetStepUpAsync(Get<IServiceProvider>(), Administrator);
        var connections = Get<SingleSignOnConnections>();

        Assert.All(
            [
                Installation.Refused(await connections.EnableAsync(id, true, Administrator, CancellationToken.None)).Kind,
                Installation.Refused(await connections.DisableAsync(id, Administrator, CancellationToken.None)).Kind,
                Installation
                    .Refused(
                        await connections.ChangeAsync(
                            id,
                            new SingleSignOnChoices(true, true, null, 3),
                            Administrator,
                            CancellationToken.None
                        )
                    )
                    .Kind,
            ],
            kind => Assert.Equal(NinjaIam.Core.Outcomes.RefusalKind.StepUpRequired, kind)
        );
    }

    private Task AddPersonAsync(string userName, Guid? provider, string? password) =>
        Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    scope.Database.Users.Add(
                        new User
                        {
                            Id = Guid.NewGuid(),
                            UserName = userName,
                            NormalizedUserName = TextKey.Of(userName),
                            ProviderId = provider,
                            PasswordHash = password,
                            ConcurrencyStamp = Guid.NewGuid().ToString(),
                        }
                    );
                    return await scope.Database.SaveChangesAsync();
                },
                CancellationToken.None
            );
}
