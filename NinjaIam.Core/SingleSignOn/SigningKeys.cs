using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.SingleSignOn;

/// <summary>
/// Our own key pair: made when it is needed first, kept in the database under a key of Data Protection, so that neither a stolen database
/// nor a stolen key file is enough.
/// </summary>
public sealed partial class SigningKeys(
    IWritePath writePath,
    IDbContextFactory<NinjaIamDbContext> databases,
    IDataProtectionProvider protection,
    TimeProvider clock,
    ILogger<SigningKeys> logger
) : IDisposable
{
    private const int KeyBits = 3072;
    private const int Years = 20;

    private readonly IDataProtector _protector = protection.CreateProtector("NinjaIam.SingleSignOn.SigningKeys");
    private readonly SemaphoreSlim _one = new(1, 1);
    private X509Certificate2? _current;

    /// <summary>The certificate with its private key. The same one until the program ends; do not dispose it.</summary>
    public async Task<X509Certificate2> CurrentAsync(CancellationToken cancellationToken)
    {
        if (_current is { } known)
        {
            return known;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            return _current ??= await ReadAsync(cancellationToken) ?? await CreateAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _current?.Dispose();
        _one.Dispose();
    }

    private async Task<X509Certificate2?> ReadAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var newest = await database
            .SigningKeys.AsNoTracking()
            .OrderByDescending(key => key.CreatedAt)
            .FirstOrDefaultAsync(cancellationToken);
        return newest is null ? null : Open(newest);
    }

    private X509Certificate2? Open(SigningKey stored)
    {
        try
        {
            using var key = RSA.Create();
            key.ImportPkcs8PrivateKey(_protector.Unprotect(stored.ProtectedKey), out _);
            using var certificate = X509CertificateLoader.LoadCertificate(stored.Certificate);
            return certificate.CopyWithPrivateKey(key);
        }
        catch (CryptographicException exception)
        {
            // The keys directory is not the one it was encrypted with. People can sign in all the same, unless requests have to be signed.
            KeyIsLost(exception);
            return null;
        }
    }

    private async Task<X509Certificate2> CreateAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        using var key = RSA.Create(KeyBits);
        var request = new CertificateRequest("CN=NinjaIam SAML", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(Years));
        var row = new SigningKey
        {
            Id = Guid.CreateVersion7(now),
            Certificate = certificate.RawData,
            ProtectedKey = _protector.Protect(key.ExportPkcs8PrivateKey()),
            CreatedAt = now,
        };
        var kept = await writePath.RunAsync(
            async scope =>
            {
                // Another process may have made one meanwhile; everybody has to sign by the same.
                var newest = await scope
                    .Database.SigningKeys.AsNoTracking()
                    .OrderByDescending(other => other.CreatedAt)
                    .FirstOrDefaultAsync(CancellationToken.None);
                if (newest is not null && Open(newest) is { } usable)
                {
                    return usable;
                }

                scope.Database.SigningKeys.Add(row);
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                return null;
            },
            cancellationToken
        );
        return kept ?? Open(row)!;
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The SAML signing key can't be decrypted with the keys in the data directory. A new one is made; identity providers that check our signature need our metadata again."
    )]
    private partial void KeyIsLost(Exception exception);
}
