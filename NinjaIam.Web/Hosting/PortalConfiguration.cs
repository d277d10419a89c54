using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Core.Mail;
using NinjaIam.Core.ScimApi;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Tokens;

namespace NinjaIam.Web.Hosting;

/// <summary>The settings of appsettings.json and the environment that the portal reads itself, checked.</summary>
internal static class PortalConfiguration
{
    public const string DataDirectoryKey = "DataDirectory";
    public const string PublicBaseUrlKey = "PublicBaseUrl";
    public const string BrandedBaseUrlsKey = "BrandedBaseUrls";
    public const string UrlsKey = "Urls";
    public const string DefinitionsKey = "Scim:Definitions";
    public const string TrustedProxiesKey = "TrustedProxies";
    private const int MostBrandedBaseUrls = 20;
    private const string DefaultUrls = "http://127.0.0.1:5080";

    /// <summary>The configuration as the host reads it, for commands that start no host of the portal.</summary>
    public static IConfiguration Read() =>
        new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables()
            .Build();

    /// <summary>Full path of the directory that holds everything the installation stores.</summary>
    public static string DataDirectoryOf(IConfiguration configuration, string? wanted)
    {
        var configured = configuration[DataDirectoryKey];
        return Path.GetFullPath(wanted ?? (string.IsNullOrWhiteSpace(configured) ? DataDirectory.Default : configured));
    }

    /// <summary>Full path of the directory with the definition files, or null when there is none. A relative path begins at the data.</summary>
    public static string? DefinitionsOf(IConfiguration configuration, string dataDirectory)
    {
        var configured = configuration[DefinitionsKey];
        return string.IsNullOrWhiteSpace(configured) ? null : Path.GetFullPath(configured, dataDirectory);
    }

    public static string UrlsOf(IConfiguration configuration, string? wanted)
    {
        var urls = wanted ?? configuration[UrlsKey];
        if (string.IsNullOrWhiteSpace(urls))
        {
            return DefaultUrls;
        }

        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            BindingAddress address;
            try
            {
                address = BindingAddress.Parse(url);
            }
            catch (FormatException)
            {
                throw WrongUrl(url);
            }

            if (address is not { Scheme: "http" or "https", PathBase: "", Port: >= 0 and <= IPEndPoint.MaxPort })
            {
                throw WrongUrl(url);
            }
        }

        return urls;
    }

    /// <summary>Where the portal is reached from outside, or null when that is not configured.</summary>
    public static Uri? PublicBaseUrlOf(IConfiguration configuration)
    {
        var text = configuration[PublicBaseUrlKey];
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return
            Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
            && url is { Query: "", Fragment: "", UserInfo: "", AbsolutePath: "/" }
            ? url
            : throw new InvalidSettingException(
                $"The setting {PublicBaseUrlKey} is \"{text}\". Enter scheme and host only, for example https://iam.example.com."
            );
    }

    /// <summary>Under which further addresses people reach the portal, each over HTTPS.</summary>
    public static IReadOnlyList<Uri> BrandedBaseUrlsOf(IConfiguration configuration)
    {
        var urls = new List<Uri>();
        foreach (var text in configuration.GetSection(BrandedBaseUrlsKey).Get<string[]>() ?? [])
        {
            if (
                !Uri.TryCreate(text, UriKind.Absolute, out var url)
                || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
                || url is not { Query: "", Fragment: "", UserInfo: "", AbsolutePath: "/" }
            )
            {
                throw new InvalidSettingException(
                    $"The setting {BrandedBaseUrlsKey} holds \"{text}\". Enter https and a host only, for example https://support.example.com."
                );
            }

            if (url == PublicBaseUrlOf(configuration) || urls.Contains(url))
            {
                throw new InvalidSettingException(
                    $"The setting {BrandedBaseUrlsKey} holds \"{text}\", which stands there or in {PublicBaseUrlKey} already. Remove one of them."
                );
            }

            urls.Add(url);
        }

        return urls.Count <= MostBrandedBaseUrls
            ? urls
            : throw new InvalidSettingException($"The setting {BrandedBaseUrlsKey} holds more than {MostBrandedBaseUrls} addresses.");
    }

    /// <summary>Sets what the configuration says about the request log, and leaves alone what it does not mention.</summary>
    public static void Apply(IConfiguration configuration, RequestLogOptions options)
    {
        var section = configuration.GetSection(RequestLogOptions.Section);
        var enabled = section[nameof(RequestLogOptions.Enabled)];
        if (!string.IsNullOrWhiteSpace(enabled))
        {
            options.Enabled = bool.TryParse(enabled, out var isOn)
                ? isOn
                : throw new InvalidSettingException(
                    $"The setting {RequestLogOptions.Section}:{nameof(RequestLogOptions.Enabled)} is \"{enabled}\". Enter true or false."
                );
        }

        options.Days = NumberOf(section, nameof(RequestLogOptions.Days), most: 3_650) ?? options.Days;
        options.Megabytes = NumberOf(section, nameof(RequestLogOptions.Megabytes), most: 1_000_000) ?? options.Megabytes;
    }

    /// <summary>The same for what provisioning clients may ask.</summary>
    public static void Apply(IConfiguration configuration, RequestLimitOptions options)
    {
        var section = configuration.GetSection(RequestLimitOptions.Section);
        options.PerSecond = NumberOf(section, nameof(RequestLimitOptions.PerSecond), most: 1_000_000) ?? options.PerSecond;
        options.Burst = NumberOf(section, nameof(RequestLimitOptions.Burst), most: 10_000_000) ?? options.Burst;
        options.AtOnce = NumberOf(section, nameof(RequestLimitOptions.AtOnce), most: 10_000) ?? options.AtOnce;
        options.FailuresPerMinute =
            NumberOf(section, nameof(RequestLimitOptions.FailuresPerMinute), most: 1_000_000) ?? options.FailuresPerMinute;
    }

    /// <summary>The same for signing in.</summary>
    public static void Apply(IConfiguration configuration, SignInOptions options)
    {
        var section = configuration.GetSection(SignInOptions.Section);
        var rule = section[nameof(SignInOptions.SecondFactor)]?.Trim();
        if (!string.IsNullOrEmpty(rule))
        {
            options.SecondFactor =
                Enum.TryParse<SecondFactorRule>(rule, ignoreCase: true, out var known) && !rule.Any(char.IsAsciiDigit)
                    ? known
                    : throw new InvalidSettingException(
                        $"The setting {section.Path}:{nameof(SignInOptions.SecondFactor)} is \"{rule}\". Enter Required or Offered."
                    );
        }
    }

    /// <summary>The same for how long people stay signed in.</summary>
    public static void Apply(IConfiguration configuration, SessionLimits limits) =>
        limits.IdleMinutes =
            NumberOf(
                configuration.GetSection(SessionLimits.Section),
                nameof(SessionLimits.IdleMinutes),
                most: SessionLimits.LongestIdleMinutes,
                least: SessionLimits.ShortestIdleMinutes
            ) ?? limits.IdleMinutes;

    /// <summary>The same for the mail server. Nothing is set up while nothing is said.</summary>
    public static void Apply(IConfiguration configuration, MailOptions options)
    {
        var section = configuration.GetSection(MailOptions.Section);
        var host = section[nameof(MailOptions.Host)]?.Trim() ?? "";
        if (host.Length == 0)
        {
            if (section.GetChildren().Any(setting => !string.IsNullOrWhiteSpace(setting.Value)))
            {
                throw new InvalidSettingException(
                    $"The setting {section.Path}:{nameof(MailOptions.Host)} is missing. Name the mail server, or leave out every setting of {section.Path}."
                );
            }

            return;
        }

        options.Host =
            Uri.CheckHostName(host) != UriHostNameType.Unknown
                ? host
                : throw Wrong(nameof(MailOptions.Host), host, "Enter the name or address of the mail server, such as mail.example.com.");
        var security = section[nameof(MailOptions.Security)]?.Trim();
        options.Security =
            string.IsNullOrEmpty(security) ? MailSecurity.StartTls
            : Enum.TryParse<MailSecurity>(security, ignoreCase: true, out var known) && !security.Any(char.IsAsciiDigit) ? known
            : throw Wrong(nameof(MailOptions.Security), security, "Enter StartTls, Tls or None.");
        options.Port = NumberOf(section, nameof(MailOptions.Port), most: IPEndPoint.MaxPort) ?? MailOptions.UsualPort(options.Security);
        var from = section[nameof(MailOptions.From)]?.Trim() ?? "";
        options.From = MailOptions.IsSender(from)
            ? from
            : throw Wrong(nameof(MailOptions.From), from, "Enter the address of the sender, such as NinjaIam <iam@example.com>.");
        (options.UserName, options.Password) = (section[nameof(MailOptions.UserName)] ?? "", section[nameof(MailOptions.Password)] ?? "");
        if (options.UserName.Length == 0 != (options.Password.Length == 0))
        {
            throw new InvalidSettingException(
                $"Only one of the settings {section.Path}:{nameof(MailOptions.UserName)} and {section.Path}:{nameof(MailOptions.Password)} is set. Set both or neither."
            );
        }

        if (options.Security == MailSecurity.None && options.UserName.Length > 0)
        {
            throw new InvalidSettingException(
                $"The setting {section.Path}:{nameof(MailOptions.Security)} is None, which would send the password for everybody to read. Enter StartTls or Tls, or leave out name and password."
            );
        }

        InvalidSettingException Wrong(string name, string value, string advice) =>
            new($"The setting {section.Path}:{name} is \"{value}\". {advice}");
    }

    /// <summary>
    /// Lets the proxies that are named, and nobody else, say from which address and over which scheme a request came. Without any, nobody.
    /// </summary>
    public static void Apply(IConfiguration configuration, ForwardedHeadersOptions options)
    {
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in configuration.GetSection(TrustedProxiesKey).GetChildren().Where(proxy => !string.IsNullOrEmpty(proxy.Value)))
        {
            options.KnownIPNetworks.Add(
                TokenAccess.TryReadNetwork(proxy.Value!, out var network)
                    ? network
                    : throw new InvalidSettingException(
                        $"The setting {proxy.Path} is \"{proxy.Value}\". Enter the address of a proxy, or a network such as 10.0.0.0/24."
                    )
            );
        }

        // With nobody named, the framework would believe everybody.
        (options.ForwardedHeaders, options.ForwardLimit) =
            options.KnownIPNetworks.Count > 0
                ? (ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, (int?)null)
                : (ForwardedHeaders.None, 1);
    }

    private static int? NumberOf(IConfigurationSection section, string name, int most, int least = 1)
    {
        var text = section[name];
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new InvalidSettingException(
                $"The setting {section.Path}:{name} is \"{text}\". Enter a whole number between {least} and {most}."
            );
    }

    private static InvalidSettingException WrongUrl(string url) =>
        new($"\"{url}\" is no address to listen on. Enter one such as http://127.0.0.1:5080.");
}
