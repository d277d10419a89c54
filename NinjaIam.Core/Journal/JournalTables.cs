using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Journal;

public static class JournalTables
{
    extension(NinjaIamDbContext database)
    {
        public DbSet<JournalRow> JournalRows => database.Set<JournalRow>();

        public DbSet<JournalValue> JournalValues => database.Set<JournalValue>();

        public DbSet<SecurityEvent> SecurityEvents => database.Set<SecurityEvent>();
    }
}
