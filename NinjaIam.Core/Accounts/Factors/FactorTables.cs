using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts.Factors;

public static class FactorTables
{
    extension(NinjaIamDbContext database)
    {
        public DbSet<SecondFactor> SecondFactors => database.Set<SecondFactor>();

        public DbSet<PasswordLink> PasswordLinks => database.Set<PasswordLink>();

        public DbSet<RecoveryCode> RecoveryCodes => database.Set<RecoveryCode>();
    }
}
