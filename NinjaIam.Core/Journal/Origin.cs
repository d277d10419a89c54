using System.Globalization;
using System.Security.Cryptography;

namespace NinjaIam.Core.Journal;

/// <summary>Where a change comes from: who, by which request, from which address. Every operation that writes asks for it.</summary>
/// <param name="SessionId">The sign-in of a person in the portal; null for everybody else.</param>
public sealed record Origin(Actor Actor, string RequestId, string? Address = null, string? UserAgent = null, Guid? SessionId = null)
{
    public static Origin Of(Actor actor) => new(actor, NewRequestId());

    /// <summary>
    /// Twenty characters that name one request everywhere: in the answer's header, in Activities and in the log. They begin with the time,
    /// so that an index over them grows at its end.
    /// </summary>
    public static string NewRequestId() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds():x11}{RandomNumberGenerator.GetHexString(9, lowercase: true)}"
        );
}
