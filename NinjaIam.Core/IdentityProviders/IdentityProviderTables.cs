using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.IdentityProviders;

public static class IdentityProviderTables
{
    extension(NinjaIamDbContext database)
    {
        public DbSet<IdentityProvider> IdentityProviders => database.Set<IdentityProvider>();

        public DbSet<SigningCertificate> SigningCertificates => database.Set<SigningCertificate>();

        public DbSet<CertificateNotice> CertificateNotices => database.Set<CertificateNotice>();

        public DbSet<MetadataRefresh> MetadataRefreshes => database.Set<MetadataRefresh>();

        public DbSet<ProviderDomain> ProviderDomains => database.Set<ProviderDomain>();

        public DbSet<ProviderOrganization> ProviderOrganizations => database.Set<ProviderOrganization>();

        public DbSet<ProviderDraft> ProviderDrafts => database.Set<ProviderDraft>();
    }
}
