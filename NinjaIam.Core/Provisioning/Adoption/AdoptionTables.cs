using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning.Adoption;

public static class AdoptionTables
{
    extension(NinjaIamDbContext database)
    {
        public DbSet<AdoptionRequest> AdoptionRequests => database.Set<AdoptionRequest>();
    }
}
