namespace NinjaIam.Core.Tokens;

/// <summary>That the end of a token was announced, so that no announcement comes twice.</summary>
public sealed class TokenNotice
{
    public required string TokenId { get; init; }

    /// <summary>How many days before the end it is due; zero once the token has ended.</summary>
    public required int Days { get; init; }

    public required DateTimeOffset At { get; init; }
}
