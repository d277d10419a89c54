using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Journal;

public static class JournalTables
{
    extension(NinjaIamDbContext database)
    {
        public DbSet<JournalRow> JournalRows => database.Set<JournalRow>();

        public DbSet<JournalValues> JournalValues => database.Set<JournalValues>();

        public DbSet<SecurityEvent> SecurityEvents => database.Set<SecurityEvent>();
    }
}
