using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Tokens;

namespace NinjaIam.Core.IdentityProviders;

internal sealed class IdentityProviderConfiguration : IEntityTypeConfiguration<IdentityProvider>
{
    public void Configure(EntityTypeBuilder<IdentityProvider> builder)
    {
        builder.ToTable("providers");
        builder.HasKey(provider => provider.Id);
        builder.Property(provider => provider.Id).ValueGeneratedNever();
        builder.Property(provider => provider.ConcurrencyStamp).IsConcurrencyToken();
        builder.HasIndex(provider => provider.UniqueIdentifier).IsUnique();
        builder.HasIndex(provider => provider.NormalizedDisplayName).IsUnique();
        builder.OwnsOne(provider => provider.Saml);
        builder.Ignore(provider => provider.IsManaging);
        builder.Ignore(provider => provider.SignsPeopleIn);
        builder.Property(provider => provider.ClockSkewMinutes).HasDefaultValue(2);
        builder.HasMany<ScimToken>().WithOne().HasForeignKey(token => token.ProviderId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany<PeopleBatch>().WithOne().HasForeignKey(batch => batch.ProviderId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany<RoleMapping>().WithOne().HasForeignKey(mapping => mapping.ProviderId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany<User>().WithOne().HasForeignKey(user => user.ProviderId).OnDelete(DeleteBehavior.Restrict);
        builder
            .HasOne<Organization>()
            .WithMany()
            .HasForeignKey(provider => provider.DefaultOrganizationId)
            .OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SigningCertificateConfiguration : IEntityTypeConfiguration<SigningCertificate>
{
    public void Configure(EntityTypeBuilder<SigningCertificate> builder)
    {
        builder.ToTable("provider_certificates");
        builder.HasKey(certificate => new { certificate.ProviderId, certificate.Fingerprint });
        builder.HasOne<IdentityProvider>().WithMany().HasForeignKey(certificate => certificate.ProviderId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ProviderDomainConfiguration : IEntityTypeConfiguration<ProviderDomain>
{
    public void Configure(EntityTypeBuilder<ProviderDomain> builder)
    {
        builder.ToTable("provider_domains");
        builder.HasKey(domain => domain.Domain);
        builder.HasIndex(domain => domain.ProviderId);
        builder.HasOne<IdentityProvider>().WithMany().HasForeignKey(domain => domain.ProviderId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ProviderOrganizationConfiguration : IEntityTypeConfiguration<ProviderOrganization>
{
    public void Configure(EntityTypeBuilder<ProviderOrganization> builder)
    {
        builder.ToTable("provider_organizations");
        builder.HasKey(row => new { row.ProviderId, row.OrganizationId });
        builder.HasIndex(row => row.OrganizationId);
        builder.HasOne<IdentityProvider>().WithMany().HasForeignKey(row => row.ProviderId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Organization>().WithMany().HasForeignKey(row => row.OrganizationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ProviderDraftConfiguration : IEntityTypeConfiguration<ProviderDraft>
{
    public void Configure(EntityTypeBuilder<ProviderDraft> builder)
    {
        builder.ToTable("provider_drafts");
        builder.HasKey(draft => draft.Id);
        builder.Property(draft => draft.Id).ValueGeneratedNever();
        builder.HasIndex(draft => draft.OwnerId);
        builder.HasIndex(draft => draft.UniqueIdentifier).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(draft => draft.OwnerId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class CertificateNoticeConfiguration : IEntityTypeConfiguration<CertificateNotice>
{
    public void Configure(EntityTypeBuilder<CertificateNotice> builder)
    {
        builder.ToTable("certificate_notices");
        builder.HasKey(notice => new
        {
            notice.ProviderId,
            notice.Fingerprint,
            notice.Days,
        });
        builder.HasOne<IdentityProvider>().WithMany().HasForeignKey(notice => notice.ProviderId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class MetadataRefreshConfiguration : IEntityTypeConfiguration<MetadataRefresh>
{
    public void Configure(EntityTypeBuilder<MetadataRefresh> builder)
    {
        builder.ToTable("metadata_refreshes");
        builder.HasKey(refresh => refresh.ProviderId);
        builder.Property(refresh => refresh.ProviderId).ValueGeneratedNever();
        builder
            .HasOne<IdentityProvider>()
            .WithOne()
            .HasForeignKey<MetadataRefresh>(refresh => refresh.ProviderId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}
