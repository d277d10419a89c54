using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace NinjaIam.Core.SingleSignOn;

/// <summary>A sign-in that a browser was sent away for.</summary>
/// <param name="Id">What the response has to answer (InResponseTo).</param>
/// <param name="ReplyUrl">Where the response has to come: at the host where the sign-in began.</param>
/// <param name="ReturnPath">Where in the portal the person wanted to go.</param>
/// <param name="Tester">The administrator who tests the connection; null for a real sign-in.</param>
/// <param name="At">When it started (UTC).</param>
internal sealed record BrowserRequest(string Id, Guid ProviderId, string ReplyUrl, string ReturnPath, Guid? Tester, DateTimeOffset At);

/// <summary>
/// The sign-ins a browser has under way, in a cookie of its own that only we can write and read. A response that answers none of them was
/// not asked for by this browser, whoever else asked for it. Starting one writes nothing here, so that nobody can fill the database.
/// </summary>
internal sealed class BrowserRequests(IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Name = "ninjaiam-sso";
    private const int MostAtOnce = 5;

    /// <summary>How long the person may take at the identity provider.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    private readonly IDataProtector _protector = protection.CreateProtector("NinjaIam.SingleSignOn.BrowserRequests");

    public IReadOnlyList<BrowserRequest> Read(HttpContext http)
    {
        if (http.Request.Cookies[NameIn(http)] is not { Length: > 0 } cookie)
        {
            return [];
        }

        try
        {
            var since = clock.GetUtcNow() - Lasts;
            var all = JsonSerializer.Deserialize<List<BrowserRequest>>(_protector.Unprotect(cookie)) ?? [];
            return all.FindAll(request => request.At > since);
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException or FormatException)
        {
            // Not written by us, or under keys that are gone.
            return [];
        }
    }

    /// <summary>Remembers one more; the oldest of too many are forgotten.</summary>
    public void Add(HttpContext http, BrowserRequest request) => Write(http, [.. Read(http).TakeLast(MostAtOnce - 1), request]);

    public void Remove(HttpContext http, string id) => Write(http, [.. Read(http).Where(request => request.Id != id)]);

    private void Write(HttpContext http, List<BrowserRequest> requests)
    {
        var options = new CookieOptions
        {
            Path = "/",
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            MaxAge = Lasts,
        };
        if (requests.Count == 0)
        {
            http.Response.Cookies.Delete(NameIn(http), options);
        }
        else
        {
            http.Response.Cookies.Append(NameIn(http), _protector.Protect(JsonSerializer.Serialize(requests)), options);
        }
    }

    private static string NameIn(HttpContext http) => http.Request.IsHttps ? "__Host-" + Name : Name;
}
