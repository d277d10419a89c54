using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning.Preview;

internal sealed class PreviewFindingConfiguration : IEntityTypeConfiguration<PreviewFinding>
{
    public void Configure(EntityTypeBuilder<PreviewFinding> builder)
    {
        builder.ToTable("preview_findings");
        builder.HasKey(finding => finding.Id);
        builder
            .HasIndex(finding => new
            {
                finding.ProviderId,
                finding.ResourceType,
                finding.Key,
            })
            .IsUnique();
        builder.HasIndex(finding => new
        {
            finding.ProviderId,
            finding.Result,
            finding.Subject,
        });
        builder.HasOne<IdentityProvider>().WithMany().HasForeignKey(finding => finding.ProviderId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class PreviewTables
{
    extension(NinjaIamDbContext database)
    {
        public DbSet<PreviewFinding> PreviewFindings => database.Set<PreviewFinding>();
    }
}
