using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts.Roles;

public static class RoleTables
{
    extension(NinjaIamDbContext database)
    {
        public DbSet<Role> Roles => database.Set<Role>();

        public DbSet<PermissionOfRole> RolePermissions => database.Set<PermissionOfRole>();

        public DbSet<RolePermissionOrganization> RolePermissionOrganizations => database.Set<RolePermissionOrganization>();

        public DbSet<RoleGrant> RoleGrants => database.Set<RoleGrant>();

        public DbSet<RoleMapping> RoleMappings => database.Set<RoleMapping>();

        /// <summary>Everybody's roles by every way. It is computed when it is read.</summary>
        public DbSet<EffectiveRole> EffectiveRoles => database.Set<EffectiveRole>();
    }
}
