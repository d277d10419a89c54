using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace NinjaIam.Tests.Support;

/// <summary>
/// A real SAML identity provider: SimpleSAMLphp as Debian packages it, on PHP's built-in server, with a configuration and a key of its own.
/// It listens on <c>localhost</c>, which for a browser is another site than <c>127.0.0.1</c>.
/// </summary>
public sealed class SimpleSamlPhp : IAsyncDisposable
{
    private const string Program = "/usr/share/simplesamlphp";
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"ninjaiam-saml-{Guid.NewGuid():N}");
    private readonly int _port;
    private Process? _process;

    private SimpleSamlPhp(int port) => _port = port;

    public static bool IsInstalled => Directory.Exists(Program) && File.Exists("/usr/bin/php");

    public string MetadataUrl => $"{Base}saml2/idp/metadata.php";

    /// <summary>Where a sign-in by us starts there, as a link of an app page does.</summary>
    public string StartUrl(string entityId) => $"{Base}saml2/idp/SSOService.php?spentityid={Uri.EscapeDataString(entityId)}";

    private string Base => $"http://localhost:{_port}/";

    /// <summary>Starts it and waits until it answers its metadata.</summary>
    /// <param name="people">User name, password, and what it says of each in the attributes <c>employeeNumber</c> and <c>mail</c>.</param>
    public static async Task<SimpleSamlPhp> StartAsync(params (string Name, string Password, string Number, string Mail)[] people)
    {
        var provider = new SimpleSamlPhp(FreePort());
        provider.Write(people);
        await provider.ServeAsync();
        return provider;
    }

    /// <summary>Registers us, as an administrator of the identity provider does with the two values from our page.</summary>
    public void Register(string entityId, string replyUrl) =>
        File.WriteAllText(
            Path.Combine(_directory, "metadata", "saml20-sp-remote.php"),
            $"""
            <?php
            $metadata['{entityId}'] = ['AssertionConsumerService' => '{replyUrl}', 'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'];
            """
        );

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Shows the key that comes next in the metadata as well, as a roll-over begins. It still signs with the first one.</summary>
    public void ShowNextKey()
    {
        WriteKey("next");
        WriteHosted("'new_privatekey' => 'next.pem', 'new_certificate' => 'next.crt',");
    }

    private void WriteKey(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        File.WriteAllText(Path.Combine(_directory, "cert", $"{name}.pem"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(_directory, "cert", $"{name}.crt"), certificate.ExportCertificatePem());
    }

    private void WriteHosted(string more = "") =>
        File.WriteAllText(
            Path.Combine(_directory, "metadata", "saml20-idp-hosted.php"),
            $"""
            <?php
            $metadata['{Base}saml2/idp/metadata.php'] = [
                'host' => '__DEFAULT__', 'privatekey' => 'idp.pem', 'certificate' => 'idp.crt', 'auth' => 'people', {more}
                'saml20.sign.response' => true, 'saml20.sign.assertion' => true,
                'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
                'authproc' => [1 => [
                    'class' => 'saml:AttributeNameID', 'attribute' => 'employeeNumber',
                    'Format' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
                ]],
            ];
            """
        );

    private void Write((string Name, string Password, string Number, string Mail)[] people)
    {
        foreach (var folder in new[] { "metadata", "cert", "log", "data", "temp", "sessions" })
        {
            Directory.CreateDirectory(Path.Combine(_directory, folder));
        }

        WriteKey("idp");
        File.WriteAllText(
            Path.Combine(_directory, "config.php"),
            $"""
            <?php
            $config = [
                'baseurlpath' => '{Base}',
                'certdir' => '{_directory}/cert/', 'loggingdir' => '{_directory}/log/', 'datadir' => '{_directory}/data/', 'tempdir' => '{_directory}/temp',
                'secretsalt' => '{RandomNumberGenerator.GetHexString(
                32,
                lowercase: true
            )}', 'auth.adminpassword' => '{RandomNumberGenerator.GetHexString(32)}',
                'technicalcontact_email' => 'na@example.org', 'timezone' => 'UTC',
                'logging.level' => 5, 'logging.handler' => 'file', 'showerrors' => true, 'errorreporting' => false,
                'enable.saml20-idp' => true, 'store.type' => 'phpsession', 'session.phpsession.savepath' => '{_directory}/sessions',
                'session.cookie.secure' => false, 'session.cookie.name' => 'idp', 'session.phpsession.cookiename' => 'idpsession',
                'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true],
                'metadata.sources' => [['type' => 'flatfile', 'directory' => '{_directory}/metadata']],
            ];
            """
        );
        var users = people.Select(person =>
            $"'{person.Name}:{person.Password}' => ['employeeNumber' => ['{person.Number}'], 'mail' => ['{person.Mail}']],"
        );
        File.WriteAllText(
            Path.Combine(_directory, "authsources.php"),
            $"""
            <?php
            $config = ['people' => ['exampleauth:UserPass', {string.Join(' ', users)}]];
            """
        );
        WriteHosted();
    }

    private async Task ServeAsync()
    {
        var start = new ProcessStartInfo("/usr/bin/php")
        {
            ArgumentList = { "-S", $"localhost:{_port}", "-t", Path.Combine(Program, "www") },
            WorkingDirectory = _directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["SIMPLESAMLPHP_CONFIG_DIR"] = _directory,
                // The built-in server answers one request at a time otherwise.
                ["PHP_CLI_SERVER_WORKERS"] = "4",
            },
        };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var client = new HttpClient();
        var waited = Stopwatch.StartNew();
        while (!await AnswersAsync(client))
        {
            Assert.False(_process.HasExited, "PHP has ended.");
            Assert.True(waited.Elapsed < Guard, "SimpleSAMLphp does not answer its metadata.");
            await Task.Yield();
        }
    }

    private async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(MetadataUrl));
            Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>A journey that needs SimpleSAMLphp beside Chromium. It is skipped where there is none, as the others are.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SamlFactAttribute : FactAttribute
{
    public SamlFactAttribute()
    {
        var isComplete = BrowserFactAttribute.Executable is not null && SimpleSamlPhp.IsInstalled;
        if (!isComplete && Environment.GetEnvironmentVariable("NINJAIAM_REQUIRE_BROWSER") != "1")
        {
            Skip = "Chromium or SimpleSAMLphp is not installed here. Run ./test.sh.";
        }
    }
}
