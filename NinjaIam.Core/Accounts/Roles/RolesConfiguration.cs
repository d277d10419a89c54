using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NinjaIam.Core.Accounts.Roles;

internal sealed class RoleConfiguration : IEntityTypeConfiguration<Role>
{
    public void Configure(EntityTypeBuilder<Role> builder)
    {
        builder.ToTable("roles");
        builder.HasKey(role => role.Id);
        builder.Property(role => role.Id).ValueGeneratedOnAdd().HasAnnotation("Sqlite:Autoincrement", true);
        builder.HasIndex(role => new { role.Kind, role.NormalizedName }).IsUnique();
    }
}

internal sealed class PermissionOfRoleConfiguration : IEntityTypeConfiguration<PermissionOfRole>
{
    public void Configure(EntityTypeBuilder<PermissionOfRole> builder)
    {
        builder.ToTable("role_permissions");
        builder.HasKey(row => new { row.RoleId, row.Permission });
        builder.HasOne<Role>().WithMany().HasForeignKey(row => row.RoleId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RolePermissionOrganizationConfiguration : IEntityTypeConfiguration<RolePermissionOrganization>
{
    public void Configure(EntityTypeBuilder<RolePermissionOrganization> builder)
    {
        builder.ToTable("role_permission_organizations");
        builder.HasKey(row => new
        {
            row.RoleId,
            row.Permission,
            row.OrganizationId,
        });
        builder.HasIndex(row => row.OrganizationId);
        builder
            .HasOne<PermissionOfRole>()
            .WithMany()
            .HasForeignKey(row => new { row.RoleId, row.Permission })
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Organization>().WithMany().HasForeignKey(row => row.OrganizationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RoleGrantConfiguration : IEntityTypeConfiguration<RoleGrant>
{
    public void Configure(EntityTypeBuilder<RoleGrant> builder)
    {
        builder.ToTable("role_grants");
        builder.HasKey(row => new { row.AccountId, row.RoleId });
        builder.HasIndex(row => row.RoleId);
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Role>().WithMany().HasForeignKey(row => row.RoleId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RoleMappingConfiguration : IEntityTypeConfiguration<RoleMapping>
{
    public void Configure(EntityTypeBuilder<RoleMapping> builder)
    {
        builder.ToTable("role_mappings");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedOnAdd().HasAnnotation("Sqlite:Autoincrement", true);
        builder.HasIndex(row => new { row.GroupId, row.RoleId });
        builder.HasIndex(row => row.ProviderId);
        builder.HasIndex(row => row.RoleId);
        builder.HasOne<Role>().WithMany().HasForeignKey(row => row.RoleId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class EffectiveRoleConfiguration : IEntityTypeConfiguration<EffectiveRole>
{
    public void Configure(EntityTypeBuilder<EffectiveRole> builder)
    {
        builder.ToView(RoleRoutes.View);
        builder.HasNoKey();
    }
}
