using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Core.Provisioning.Adoption;

internal sealed class AdoptionRequestConfiguration : IEntityTypeConfiguration<AdoptionRequest>
{
    public void Configure(EntityTypeBuilder<AdoptionRequest> builder)
    {
        builder.ToTable("adoption_requests");
        builder.HasKey(request => new { request.AccountId, request.ProviderId });
        builder.HasIndex(request => new { request.ProviderId, request.DecidedAt });
        builder.HasOne<User>().WithMany().HasForeignKey(request => request.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<IdentityProvider>().WithMany().HasForeignKey(request => request.ProviderId).OnDelete(DeleteBehavior.Cascade);
    }
}
