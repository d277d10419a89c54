namespace NinjaIam.Core.Journal;

/// <summary>Where a change comes from: who, by which request, from which address. Every operation that writes asks for it.</summary>
public sealed record Origin(Actor Actor, string RequestId, string? Address = null, string? UserAgent = null)
{
    public static Origin Of(Actor actor) => new(actor, NewRequestId());

    /// <summary>Twenty characters that name one request everywhere: in the answer's header, in Activities and in the log.</summary>
    public static string NewRequestId() => global::System.Security.Cryptography.RandomNumberGenerator.GetHexString(20, lowercase: true);
}
