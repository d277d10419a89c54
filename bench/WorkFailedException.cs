namespace NinjaIam.Bench;

/// <summary>A work did not do what it should have done, so it has no figure.</summary>
internal sealed class WorkFailedException(string message) : Exception(message)
{
    /// <summary>As much of an answer as helps.</summary>
    public static WorkFailedException Of(string request, int status, string body) =>
        new($"{request} was answered with {status}: {(body.Length > 600 ? body[..600] + "..." : body)}");
}
