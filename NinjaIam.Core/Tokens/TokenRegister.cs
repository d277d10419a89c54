using System.Security.Cryptography;
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
public sealed record KnownToken(
    string PublicId,
    Guid ProviderId,
    byte[] Hash,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt,
    TokenAccess Access
);

/// <summary>What a presented token turned out to be: a live token, or why not (with the token where it could be named).</summary>
public readonly record struct TokenCheck(KnownToken? Token, TokenRefusal? Refusal);

/// <summary>
/// Every token, in memory, so that a request is checked without touching the database. The expiry is looked at on each request;
/// changes made by this process apply before their caller is answered, changes made elsewhere within a second.
/// </summary>
public sealed class TokenRegister(IReadSessions database, TimeProvider clock, ILogger<TokenRegister> logger)
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

    protected override async Task ReadAsync(CancellationToken cancellationToken) => _tokens = await LoadAsync(cancellationToken);

    private async Task<Dictionary<string, KnownToken>> LoadAsync(CancellationToken cancellationToken)
    {
        // By a statement: the first answer after a start need not wait for the model of EF.
        await using var reader = await database.OpenReaderAsync(cancellationToken);
        await using var statement = reader.Statement(
            """SELECT "PublicId", "ProviderId", "Hash", "ExpiresAt", "RevokedAt", "Scope", "Networks" FROM scim_tokens"""
        );
        await using var rows = await statement.ExecuteReaderAsync();
        var tokens = new Dictionary<string, KnownToken>(StringComparer.Ordinal);
        while (await rows.ReadAsync())
        {
            var access = TokenAccess.OfStored((TokenScope)rows.GetInt32(5), rows.GetString(6));
            var revokedAt = rows.IsDBNull(4) ? (DateTimeOffset?)null : rows.GetInstant(4);
            var token = new KnownToken(rows.GetString(0), rows.GetId(1), rows.GetBytes(2), rows.GetInstant(3), revokedAt, access);
            tokens.Add(token.PublicId, token);
        }

        return tokens;
    }
}
