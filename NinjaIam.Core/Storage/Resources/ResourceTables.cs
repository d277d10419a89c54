using Microsoft.EntityFrameworkCore;

namespace NinjaIam.Core.Storage.Resources;

public static class ResourceTables
{
    extension(NinjaIamDbContext database)
    {
        public DbSet<ResourceRow> Resources => database.Set<ResourceRow>();

        public DbSet<MemberRow> Members => database.Set<MemberRow>();

        public DbSet<CounterRow> Counters => database.Set<CounterRow>();
    }
}
