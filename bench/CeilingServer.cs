using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NinjaIam.Bench;

/// <summary>
/// The portal's server with nothing behind it: it checks the token, reads and parses what is sent, and answers as many bytes as it is
/// asked for. What the portal does not reach of its figures is the portal's own work.
/// </summary>
internal static class CeilingServer
{
    public const string Command = "ceiling";

    // Names the status and the size of the answer: 201 1830.
    private const string AnswerHeader = "Bench-Answer";
    private const string AddressLine = "Address: ";
    private const int LargestAnswer = 32 * 1024 * 1024;

    public static async Task<(Child Process, Target Target)> StartAsync(CancellationToken cancellationToken)
    {
        // As long as a real one.
        var token = "njs_" + RandomNumberGenerator.GetHexString(58, lowercase: true);
        var process = Child.Start(Environment.ProcessPath!, Command, token);
        var printed = await process.ReadAsync([AddressLine], cancellationToken);
        return (process, Answering(Target.Of($"{printed[0]}/scim/v2/abcdefghijkl", token), StatusCodes.Status200OK, 1_000));
    }

    /// <summary>The same server, asked to answer like this.</summary>
    public static Target Answering(Target ceiling, int status, int bytes) =>
        ceiling with
        {
            MoreHeaders = string.Create(CultureInfo.InvariantCulture, $"{AnswerHeader}: {status} {bytes}\r\n"),
        };

    public static async Task<int> RunAsync(string token)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls($"http://{IPAddress.Loopback}:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(token));
        var answer = new byte[LargestAnswer];
        answer.AsSpan().Fill((byte)' ');
        app.Map("/scim/v2/{identifier}/{type}", http => AnswerAsync(http, hash, answer));
        app.Map("/scim/v2/{identifier}/{type}/{id}", http => AnswerAsync(http, hash, answer));
        await app.StartAsync();
        await Console.Out.WriteLineAsync(AddressLine + app.Urls.Single());
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext http, byte[] tokenHash, byte[] answer)
    {
        var response = http.Response;
        if (!IsRight(http.Request.Headers.Authorization.ToString(), tokenHash))
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (http.Request.ContentLength > 0)
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        }

        var wanted = http.Request.Headers[AnswerHeader].ToString();
        var size = Math.Min(int.Parse(wanted.AsSpan(4), CultureInfo.InvariantCulture), answer.Length);
        response.StatusCode = int.Parse(wanted.AsSpan(0, 3), CultureInfo.InvariantCulture);
        if (size > 0)
        {
            response.ContentType = "application/scim+json";
            response.ContentLength = size;
            await response.Body.WriteAsync(answer.AsMemory(0, size), http.RequestAborted);
        }
    }

    private static bool IsRight(string header, byte[] tokenHash)
    {
        const string Scheme = "Bearer ";
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        SHA256.HashData(Encoding.ASCII.GetBytes(header[Scheme.Length..]), hash);
        return CryptographicOperations.FixedTimeEquals(hash, tokenHash);
    }
}
