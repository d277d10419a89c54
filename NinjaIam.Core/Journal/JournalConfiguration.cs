using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NinjaIam.Core.Journal;

internal sealed class JournalRowConfiguration : IEntityTypeConfiguration<JournalRow>
{
    public void Configure(EntityTypeBuilder<JournalRow> builder)
    {
        builder.ToTable("journal");
        builder.HasKey(row => row.Seq);
        builder.Property(row => row.Seq).ValueGeneratedNever();
        // Every write of the installation pays for these. Each is a list of Activities in its order: of one kind, of one provider (kind by
        // kind), of one resource, of one request. Time needs none: the key ascends with it.
        builder.HasIndex(row => new { row.Kind, row.Seq });
        builder.HasIndex(row => new
        {
            row.ProviderId,
            row.Kind,
            row.Seq,
        });
        builder.HasIndex(row => new { row.ResourceId, row.Seq });
        builder.HasIndex(row => row.RequestId);
    }
}

internal sealed class JournalValuesConfiguration : IEntityTypeConfiguration<JournalValues>
{
    public void Configure(EntityTypeBuilder<JournalValues> builder)
    {
        builder.ToTable("journal_values");
        builder.HasKey(row => row.Seq);
        builder.Property(row => row.Seq).ValueGeneratedNever();
    }
}

internal sealed class SecurityEventConfiguration : IEntityTypeConfiguration<SecurityEvent>
{
    public void Configure(EntityTypeBuilder<SecurityEvent> builder)
    {
        builder.ToTable("security_events");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => new { row.Minute, row.Digest }).IsUnique();
        builder.HasIndex(row => row.LastAt);
        builder.HasIndex(row => new { row.ProviderId, row.LastAt });
        builder.HasIndex(row => new { row.Cause, row.LastAt });
        builder.HasIndex(row => new
        {
            row.ProviderId,
            row.Cause,
            row.LastAt,
        });
        builder.HasIndex(row => row.RequestId);
    }
}
