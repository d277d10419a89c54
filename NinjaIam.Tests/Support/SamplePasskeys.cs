using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Storage;

namespace NinjaIam.Tests.Support;

/// <summary>Passkeys as they are stored, of devices that nobody has.</summary>
internal static class SamplePasskeys
{
    public static Task AddAsync(IWritePath writePath, Guid accountId, string name = "A key") =>
        writePath.RunAsync(
            async scope =>
            {
                var user = await scope.Database.Users.SingleAsync(row => row.Id == accountId);
                user.TwoFactorEnabled = true;
                scope.Database.Passkeys.Add(
                    new Passkey
                    {
                        UserId = accountId,
                        CredentialId = RandomNumberGenerator.GetBytes(32),
                        Data = new IdentityPasskeyData
                        {
                            PublicKey = [],
                            Name = name,
                            CreatedAt = scope.Now,
                            AttestationObject = [],
                            ClientDataJson = [],
                        },
                    }
                );
                return await scope.Database.SaveChangesAsync();
            },
            CancellationToken.None
        );
}
