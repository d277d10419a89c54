using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.SingleSignOn;

/// <summary>The second factor of an identity provider in place of ours: proved by a test, and looked at in every sign-in.</summary>
public sealed class ConditionalBypassTests : IAsyncLifetime
{
    private const string CodePage = "/sign-in/code";
    private static readonly SecondFactorClaim Okta = new("amr", "mfa");
    private readonly SamlHost _host = new();

    private SingleSignOnConnections Connections => _host.Portal.Get<SingleSignOnConnections>();

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        await ChangeEveAsync(AccountKind.Technician);
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Proves("rule-41")]
    public async Task A_technician_needs_no_code_in_the_sign_ins_that_bring_the_attribute()
    {
        await AllowAsync();

        var with = await SignInAsync(Saying("amr", "pwd", "mfa"));
        var without = await SignInAsync(Saying("amr", "pwd"));

        Assert.True(with.HasSession, with.Page);
        Assert.Equal((false, CodePage), (without.HasSession, without.Location));
        var (journal, ada) = (_host.Portal.Get<Activities>(), _host.Administrator.Actor);
        var activities = await journal.ListAsync(ada, new ActivityFilter { Search = "Eve Moss" }, 10, CancellationToken.None);
        var signedIn = Assert.Single(activities, activity => activity.Kind == JournalKind.SignedIn);
        Assert.Equal(
            [new ChangedValue("secondFactor", null, "identity provider")],
            await journal.ChangesAsync(ada, signedIn.Id, CancellationToken.None)
        );
    }

    [Theory]
    [InlineData("amr", "MFA")]
    [InlineData("amr", "xmfa")]
    [InlineData("amr", "pwd mfa")]
    [InlineData("AMR", "mfa")]
    [InlineData("other", "mfa")]
    [Proves("rule-41")]
    public async Task What_is_nearly_the_attribute_does_not_count(string attribute, string value)
    {
        await AllowAsync();

        var answer = await SignInAsync(Saying(attribute, value));

        Assert.Equal((false, CodePage), (answer.HasSession, answer.Location));
    }

    [Theory]
    [InlineData(AccountKind.EndUser)]
    [InlineData(AccountKind.SystemAdministrator)]
    [Proves("rule-42")]
    public async Task Nobody_but_technicians_is_let_off(AccountKind kind)
    {
        await AllowAsync();
        await ChangeEveAsync(kind);

        var answer = await SignInAsync(Saying("amr", "mfa"));

        Assert.Equal((false, CodePage), (answer.HasSession, answer.Location));
    }

    [Fact]
    [Proves("rule-41")]
    public async Task It_is_off_until_an_administrator_allows_it_and_when_they_end_it()
    {
        Assert.Equal(CodePage, (await SignInAsync(Saying("amr", "mfa"))).Location);

        await AllowAsync();
        Installation.Done(await ChangeAsync(isOn: false, Okta));

        Assert.Equal(CodePage, (await SignInAsync(Saying("amr", "mfa"))).Location);
    }

    [Fact]
    [Proves("rule-41")]
    public async Task Nobody_relies_on_what_no_test_has_shown()
    {
        var unknown = Installation.Refused(await ChangeAsync(isOn: true, null));
        Assert.Equal((RefusalKind.PrerequisiteMissing, nameof(SingleSignOnChoices.SkipsSecondFactor)), (unknown.Kind, unknown.Field));

        Installation.Done(await ChangeAsync(isOn: false, Okta));
        Assert.Contains("amr", Installation.Refused(await ChangeAsync(isOn: true, Okta)).Detail, StringComparison.Ordinal);

        Assert.Contains("there is no attribute amr with the value mfa", await TestAsync(Saying("amr", "pwd")), StringComparison.Ordinal);
        Assert.True((await ChangeAsync(isOn: true, Okta)).IsRefused);

        Assert.Contains(
            "The identity provider said that it asked for one.",
            await TestAsync(Saying("amr", "mfa")),
            StringComparison.Ordinal
        );
        Assert.True((await ChangeAsync(isOn: true, new SecondFactorClaim("amr", "hwk"))).IsRefused);
        Installation.Done(await ChangeAsync(isOn: true, Okta));

        // New keys may belong to somebody who answers otherwise.
        Installation.Done(await ChangeAsync(isOn: false, Okta));
        _host.Portal.Advance(TimeSpan.FromMinutes(1));
        Installation.Done(
            await _host
                .Portal.Get<Providers>()
                .ImportMetadataAsync(_host.ProviderId, _host.Provider.Metadata(), _host.Administrator, CancellationToken.None)
        );
        Assert.True((await ChangeAsync(isOn: true, Okta)).IsRefused);
    }

    [Theory]
    [InlineData("", "mfa", nameof(SecondFactorClaim.Attribute))]
    [InlineData("amr", " ", nameof(SecondFactorClaim.Value))]
    public async Task Half_an_attribute_is_refused_under_its_field(string attribute, string value, string field) =>
        Assert.Equal(field, Installation.Refused(await ChangeAsync(isOn: false, new SecondFactorClaim(attribute, value))).Field);

    [Theory]
    [InlineData(Vendor.Okta, "amr", "mfa")]
    [InlineData(
        Vendor.MicrosoftEntraId,
        "http://schemas.microsoft.com/claims/authnmethodsreferences",
        "http://schemas.microsoft.com/claims/multipleauthn"
    )]
    [Proves("rule-41")]
    public void Two_vendors_say_it_in_a_way_that_is_known(Vendor vendor, string attribute, string value) =>
        Assert.Equal(new SecondFactorClaim(attribute, value), VendorCatalog.Of(vendor).SecondFactor);

    private async Task AllowAsync()
    {
        Installation.Done(await ChangeAsync(isOn: false, Okta));
        await TestAsync(Saying("amr", "mfa"));
        Installation.Done(await ChangeAsync(isOn: true, Okta));
    }

    private Task<Outcome<Completed>> ChangeAsync(bool isOn, SecondFactorClaim? claim) =>
        Connections.ChangeAsync(
            _host.ProviderId,
            new SingleSignOnChoices(false, false, null, 2) { SkipsSecondFactor = isOn, SecondFactor = claim },
            _host.Administrator,
            CancellationToken.None
        );

    private async Task<SamlAnswer> SignInAsync(string attributes)
    {
        var browser = _host.Portal.OpenBrowser();
        return await _host.DeliverAsync(browser, _host.Genuine(await _host.StartAsync(browser)) with { Attributes = attributes });
    }

    /// <summary>The page that a test of the connection ends on.</summary>
    private async Task<string> TestAsync(string attributes)
    {
        var browser = await _host.OpenAsAdministratorAsync();
        var start = await browser.GetAsync(new Uri($"/administration/test-connection/{_host.Identifier}", UriKind.Relative));
        var request = SamlHost.RequestOf(start.Headers.Location!).DocumentElement!.GetAttribute("ID");
        return (await _host.DeliverAsync(browser, _host.Genuine(request) with { Attributes = attributes })).Page;
    }

    private Task ChangeEveAsync(AccountKind kind) =>
        _host
            .Portal.Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    var eve = await scope.Database.Users.SingleAsync(user => user.UserName == SamlHost.Eve);
                    (eve.Kind, eve.TwoFactorEnabled) = (kind, true);
                    return await scope.Database.SaveChangesAsync();
                },
                CancellationToken.None
            );

    private static string Saying(string attribute, params string[] values) =>
        $"<saml:AttributeStatement><saml:Attribute Name=\"{attribute}\">{string.Concat(values.Select(value => $"<saml:AttributeValue>{value}</saml:AttributeValue>"))}</saml:Attribute></saml:AttributeStatement>";
}
