using Microsoft.Extensions.Configuration;
using NinjaIam.Core.Mail;
using NinjaIam.Web.Hosting;
using Xunit;

namespace NinjaIam.Tests.Web.Hosting;

public sealed class MailConfigurationTests
{
    [Fact]
    public void Without_settings_mail_is_not_set_up() => Assert.False(Read().IsSetUp);

    [Fact]
    public void A_server_and_a_sender_are_enough_and_the_connection_is_encrypted()
    {
        var mail = Read("Host=mail.example.com", "From=NinjaIam <iam@example.com>");

        Assert.True(mail.IsSetUp);
        Assert.Equal((587, MailSecurity.StartTls), (mail.Port, mail.Security));
    }

    [Theory]
    [InlineData("Tls", 465)]
    [InlineData("none", 25)]
    public void The_usual_port_belongs_to_the_kind_of_connection(string security, int port) =>
        Assert.Equal(port, Read("Host=mail.example.com", "From=iam@example.com", $"Security={security}").Port);

    [Theory]
    [InlineData("Mail:Host is missing", "From=iam@example.com")]
    [InlineData("Mail:Host is \"mail example\"", "Host=mail example", "From=iam@example.com")]
    [InlineData("Mail:From is \"\"", "Host=mail.example.com")]
    [InlineData("Mail:From is \"iam\"", "Host=mail.example.com", "From=iam")]
    [InlineData("Mail:Port is \"70000\"", "Host=mail.example.com", "From=iam@example.com", "Port=70000")]
    [InlineData("Mail:Security is \"Ssl\"", "Host=mail.example.com", "From=iam@example.com", "Security=Ssl")]
    [InlineData("Mail:Security is \"2\"", "Host=mail.example.com", "From=iam@example.com", "Security=2")]
    [InlineData("Only one of the settings", "Host=mail.example.com", "From=iam@example.com", "UserName=iam")]
    [InlineData("Only one of the settings", "Host=mail.example.com", "From=iam@example.com", "Password=hidden")]
    [InlineData(
        "for everybody to read",
        "Host=mail.example.com",
        "From=iam@example.com",
        "Security=None",
        "UserName=iam",
        "Password=hidden"
    )]
    public void A_wrong_setting_is_named_and_says_nothing_secret(string says, params string[] settings)
    {
        var message = Assert.Throws<InvalidSettingException>(() => Read(settings)).Message;

        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", message, StringComparison.Ordinal);
    }

    private static MailOptions Read(params string[] settings)
    {
        var options = new MailOptions();
        var values = settings
            .Select(setting => setting.Split('=', 2))
            .Select(pair => KeyValuePair.Create($"Mail:{pair[0]}", (string?)pair[1]));
        PortalConfiguration.Apply(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), options);
        return options;
    }
}
