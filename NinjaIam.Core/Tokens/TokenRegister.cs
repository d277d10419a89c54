using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Tokens;

/// <summary>Why a presented token is not accepted. The client is told none of it.</summary>
public enum TokenRefusal
{
    Malformed,
    Unknown,
    Expired,
    Revoked,
}

/// <summary>A token as the process remembers it.</summary>
public sealed record KnownToken(string PublicId, Guid ProviderId, byte[] Hash, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt);

/// <summary>What a presented token turned out to be: a live token, or why not (with the token where it could be named).</summary>
public readonly record struct TokenCheck(KnownToken? Token, TokenRefusal? Refusal);

/// <summary>
/// Every token, in memory, so that a request is checked without touching the database. The expiry is looked at on each request;
/// changes made by this process apply before their caller is answered, changes made elsewhere within a second.
/// </summary>
public sealed class TokenRegister(IDbContextFactory<NinjaIamDbContext> databases, TimeProvider clock, ILogger<TokenRegister> logger)
    : Remembered(Storage.Concern.Tokens, logger)
{
    // Compared when the name is unknown, so that known and unknown names take the same work.
    private static readonly byte[] Nothing = new byte[SHA256.HashSizeInBytes];

    private Dictionary<string, KnownToken> _tokens = [];

    public TokenCheck Check(string text)
    {
        var hash = ScimTokenText.HashOf(text);
        var publicId = ScimTokenText.PublicIdOf(text);
        var token = publicId is null ? null : _tokens.GetValueOrDefault(publicId);
        var equal = CryptographicOperations.FixedTimeEquals(hash, token?.Hash ?? Nothing);
        if (publicId is null)
        {
            return new TokenCheck(null, TokenRefusal.Malformed);
        }

        if (token is null || !equal)
        {
            return new TokenCheck(null, TokenRefusal.Unknown);
        }

        TokenRefusal? refusal =
            token.RevokedAt is not null ? TokenRefusal.Revoked
            : clock.GetUtcNow() >= token.ExpiresAt ? TokenRefusal.Expired
            : null;
        return new TokenCheck(token, refusal);
    }

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        _tokens = await database
            .ScimTokens.Select(token => new KnownToken(token.PublicId, token.ProviderId, token.Hash, token.ExpiresAt, token.RevokedAt))
            .ToDictionaryAsync(token => token.PublicId, StringComparer.Ordinal, cancellationToken);
    }
}
