using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Core.Provisioning.Leaving;

/// <summary>A provider wanted somebody to be inactive and was refused: the person still has access.</summary>
public sealed class RefusedDeactivation
{
    public required Guid AccountId { get; init; }

    public required Guid ProviderId { get; init; }

    /// <summary>When it was last refused (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What the client was told.</summary>
    public required string Detail { get; init; }

    /// <summary>Of the refused request.</summary>
    public required string RequestId { get; init; }
}

internal sealed class RefusedDeactivationConfiguration : IEntityTypeConfiguration<RefusedDeactivation>
{
    public void Configure(EntityTypeBuilder<RefusedDeactivation> builder)
    {
        builder.ToTable("refused_deactivations");
        builder.HasKey(row => row.AccountId);
        builder.HasIndex(row => row.ProviderId);
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<IdentityProvider>().WithMany().HasForeignKey(row => row.ProviderId).OnDelete(DeleteBehavior.Cascade);
    }
}
