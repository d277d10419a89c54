using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NinjaIam.Core.Storage.Resources;

internal sealed class ResourceRowConfiguration : IEntityTypeConfiguration<ResourceRow>
{
    public void Configure(EntityTypeBuilder<ResourceRow> builder)
    {
        builder.ToTable("resources", table => table.ExcludeFromMigrations());
        builder.HasKey(row => row.Seq);
        builder.Property(row => row.Seq).HasColumnName("seq");
        builder.Property(row => row.Id).HasColumnName("id");
        builder.Property(row => row.Provider).HasColumnName("provider");
        builder.Property(row => row.Type).HasColumnName("type");
        builder.Property(row => row.NameKey).HasColumnName("name_key");
        builder.Property(row => row.ExternalId).HasColumnName("external_id");
        builder.Property(row => row.Active).HasColumnName("active");
        builder.Property(row => row.DeletedAt).HasColumnName("deleted_at");
        builder.Property(row => row.Version).HasColumnName("version");
        builder.Property(row => row.Created).HasColumnName("created");
        builder.Property(row => row.Modified).HasColumnName("modified");
        builder.Property(row => row.Doc).HasColumnName("doc");
    }
}

internal sealed class MemberRowConfiguration : IEntityTypeConfiguration<MemberRow>
{
    public void Configure(EntityTypeBuilder<MemberRow> builder)
    {
        builder.ToTable("members", table => table.ExcludeFromMigrations());
        builder.HasKey(row => new { row.GroupSeq, row.MemberSeq });
        builder.Property(row => row.GroupSeq).HasColumnName("group_seq");
        builder.Property(row => row.MemberSeq).HasColumnName("member_seq");
    }
}

internal sealed class CounterRowConfiguration : IEntityTypeConfiguration<CounterRow>
{
    public void Configure(EntityTypeBuilder<CounterRow> builder)
    {
        builder.ToTable("counters", table => table.ExcludeFromMigrations());
        builder.HasKey(row => new { row.Provider, row.Type });
        builder.Property(row => row.Provider).HasColumnName("provider");
        builder.Property(row => row.Type).HasColumnName("type");
        builder.Property(row => row.Total).HasColumnName("total");
    }
}
