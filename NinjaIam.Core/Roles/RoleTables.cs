using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Roles;

public static class RoleTables
{
    extension(NinjaIamDbContext database)
    {
        public DbSet<Role> Roles => database.Set<Role>();

        public DbSet<PermissionOfRole> RolePermissions => database.Set<PermissionOfRole>();

        public DbSet<RolePermissionOrganization> RolePermissionOrganizations => database.Set<RolePermissionOrganization>();

        public DbSet<RoleGrant> RoleGrants => database.Set<RoleGrant>();
    }
}
