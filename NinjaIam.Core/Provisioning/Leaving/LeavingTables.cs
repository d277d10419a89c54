using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning.Leaving;

public static class LeavingTables
{
    extension(NinjaIamDbContext database)
    {
        public DbSet<RefusedDeactivation> RefusedDeactivations => database.Set<RefusedDeactivation>();

        public DbSet<MassDeparture> MassDepartures => database.Set<MassDeparture>();

        public DbSet<Departure> Departures => database.Set<Departure>();

        public DbSet<DepartureMinute> DepartureMinutes => database.Set<DepartureMinute>();
    }
}
