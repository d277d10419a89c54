using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Layout;
using NinjaIam.Web.Hosting;
using Xunit;

namespace NinjaIam.Tests.Web.Hosting;

public sealed class HostingTests(PortalHost portal) : IClassFixture<PortalHost>
{
    /// <summary>A little less than the files really have; an empty answer with status 200 is what went wrong before.</summary>
    internal static readonly (string Path, int Least)[] WholeFiles =
    [
        ("/_content/MudBlazor/MudBlazor.min.css", 600_000),
        ("/_content/MudBlazor/MudBlazor.min.js", 65_000),
        ("/_framework/blazor.web.js", 180_000),
        ("/portal.css", 20_000),
        ("/js/static.js", 500),
        ("/appearance.css", 5_000),
    ];

    public static IEnumerable<object[]> Files => WholeFiles.Select(file => new object[] { file.Path, file.Least });

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Styles_and_scripts_are_served_whole(string path, int least)
    {
        var content = await portal.OpenBrowser().GetByteArrayAsync(new Uri(path, UriKind.Relative));

        Assert.True(content.Length > least, $"{path} has {content.Length} bytes.");
    }

    [Fact]
    public void The_settings_of_the_installation_are_really_read()
    {
        var configuration = portal.Get<IConfiguration>();

        Assert.Equal("Information", configuration["Logging:LogLevel:NinjaIam"]);
        Assert.Equal("Warning", configuration["Logging:LogLevel:Default"]);
    }

    [Fact]
    [Proves("asvs-3.4.2", "asvs-3.4.3", "asvs-3.4.4", "asvs-3.4.5", "asvs-3.4.6", "asvs-3.4.8", "asvs-4.1.1", "asvs-13.4.6", "asvs-14.3.2")]
    public async Task Answers_carry_what_browsers_need_to_protect_the_pages_and_nothing_about_the_server()
    {
        var answer = await portal.OpenBrowser().GetAsync(new Uri("/sign-in", UriKind.Relative));

        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(["same-origin"], answer.Headers.GetValues("Referrer-Policy"));
        Assert.Equal(["same-origin"], answer.Headers.GetValues("Cross-Origin-Opener-Policy"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData("https", true)]
    [InlineData("http", false)]
    [Proves("asvs-3.4.1")]
    public async Task Over_HTTPS_browsers_are_told_to_stay_there_for_a_year_and_elsewhere_not(string scheme, bool isTold)
    {
        var context = new DefaultHttpContext { RequestServices = portal.Services };
        context.Request.Scheme = scheme;
        var pipeline = new ApplicationBuilder(portal.Services);
        pipeline.UseContentSecurity();

        await pipeline.Build()(context);

        Assert.Equal(isTold ? "max-age=31536000" : "", context.Response.Headers.StrictTransportSecurity.ToString());
    }

    [Fact]
    [Proves("asvs-6.2.6", "asvs-6.2.7", "asvs-6.2.9")]
    public async Task The_sign_in_form_hides_the_password_lets_managers_fill_it_and_takes_long_ones()
    {
        await portal.CreateAdministratorAsync("forms@example.com");
        var page = await portal.OpenBrowser().GetStringAsync(new Uri("/sign-in", UriKind.Relative));

        var field = page.Split('<')
            .Single(tag => tag.StartsWith("input", StringComparison.Ordinal) && tag.Contains("id=\"password\"", StringComparison.Ordinal));
        Assert.Contains("type=\"password\"", field, StringComparison.Ordinal);
        Assert.Contains("autocomplete=\"current-password\"", field, StringComparison.Ordinal);
        Assert.Contains("maxlength=\"256\"", field, StringComparison.Ordinal);
        Assert.DoesNotContain("onpaste", field, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(30 * 1024, HttpStatusCode.NotFound)]
    [InlineData(40 * 1024, HttpStatusCode.RequestUriTooLong)]
    public async Task Addresses_may_be_32_KB_long(int length, HttpStatusCode expected)
    {
        using var answer = await portal.OpenBrowser().GetAsync(new Uri("/nothing?q=" + new string('a', length), UriKind.Relative));

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task An_unknown_address_says_so_to_strangers_in_words()
    {
        var answer = await portal.OpenBrowser().GetAsync(new Uri("/nothing", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Page not found", page, StringComparison.Ordinal);
        Assert.DoesNotContain("blazor.web", page.Split("</head>")[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Until_its_address_is_configured_the_portal_uses_the_one_it_listens_on_and_says_so()
    {
        Assert.Equal(portal.Address.ToString().TrimEnd('/'), portal.Get<PortalAddress>().BaseUrl);
        Assert.False(portal.Get<PortalAddress>().IsConfigured);
        Assert.Contains(
            portal.Get<InstallationNotice>().Texts,
            text => text.Contains(portal.Get<PortalAddress>().BaseUrl, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("https://iam.example.com", "https://iam.example.com/")]
    [InlineData("http://10.0.0.1:8080/", "http://10.0.0.1:8080/")]
    [InlineData("", null)]
    public void The_public_address_is_taken_from_the_settings(string setting, string? expected) =>
        Assert.Equal(expected, PortalConfiguration.PublicBaseUrlOf(Settings(setting))?.ToString());

    [Theory]
    [InlineData("iam.example.com")]
    [InlineData("ftp://iam.example.com")]
    [InlineData("https://iam.example.com/portal")]
    [InlineData("https://iam.example.com?x=1")]
    public void A_wrong_public_address_is_refused_in_words(string setting)
    {
        var exception = Assert.Throws<InvalidSettingException>(() => PortalConfiguration.PublicBaseUrlOf(Settings(setting)));

        Assert.Contains(setting, exception.Message, StringComparison.Ordinal);
        Assert.Contains("https://iam.example.com.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Further_addresses_are_taken_from_the_settings() =>
        Assert.Equal(
            ["https://support.example.com/", "http://localhost:5080/"],
            PortalConfiguration
                .BrandedBaseUrlsOf(Settings("https://iam.example.com", "https://support.example.com", "http://localhost:5080"))
                .Select(url => url.ToString())
        );

    [Theory]
    [InlineData("http://support.example.com", "Enter https and a host only")]
    [InlineData("support.example.com", "Enter https and a host only")]
    [InlineData("https://support.example.com/portal", "Enter https and a host only")]
    [InlineData("https://ada@support.example.com", "Enter https and a host only")]
    [InlineData("https://IAM.example.com:443/", "stands there or in PublicBaseUrl already")]
    public void A_wrong_further_address_is_refused_in_words(string setting, string reason)
    {
        var exception = Assert.Throws<InvalidSettingException>(() =>
            PortalConfiguration.BrandedBaseUrlsOf(Settings("https://iam.example.com", setting))
        );

        Assert.Contains(setting, exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("asvs-13.3.1")]
    public void Keys_lie_in_the_data_directory_for_their_owner_only()
    {
        portal.Get<IDataProtectionProvider>().CreateProtector("test").Protect("text");

        var keys = new DirectoryInfo(Path.Combine(portal.DataDirectory, "keys"));
        Assert.NotEmpty(keys.GetFiles("key-*.xml"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, keys.UnixFileMode);
        }
    }

    private static IConfiguration Settings(string publicBaseUrl, params string[] branded) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection([
                new(PortalConfiguration.PublicBaseUrlKey, publicBaseUrl),
                .. branded.Select(
                    (url, number) => KeyValuePair.Create<string, string?>($"{PortalConfiguration.BrandedBaseUrlsKey}:{number}", url)
                ),
            ])
            .Build();
}
