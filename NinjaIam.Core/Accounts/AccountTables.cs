using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

public static class AccountTables
{
    extension(NinjaIamDbContext database)
    {
        public DbSet<PeopleBatch> PeopleBatches => database.Set<PeopleBatch>();

        public DbSet<PeopleBatchMember> PeopleBatchMembers => database.Set<PeopleBatchMember>();

        public DbSet<User> Users => database.Set<User>();

        public DbSet<Organization> Organizations => database.Set<Organization>();

        public DbSet<AccountOrganization> AccountOrganizations => database.Set<AccountOrganization>();

        public DbSet<Session> Sessions => database.Set<Session>();

        public DbSet<Passkey> Passkeys => database.Set<Passkey>();

        public DbSet<UsedPasskeyChallenge> UsedPasskeyChallenges => database.Set<UsedPasskeyChallenge>();
    }
}
