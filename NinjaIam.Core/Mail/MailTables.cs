using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Mail;

public static class MailTables
{
    extension(NinjaIamDbContext database)
    {
        public DbSet<QueuedMail> Mails => database.Set<QueuedMail>();
    }
}

internal sealed class QueuedMailConfiguration : IEntityTypeConfiguration<QueuedMail>
{
    public void Configure(EntityTypeBuilder<QueuedMail> builder)
    {
        builder.ToTable("mails");
        builder.HasKey(mail => mail.Id);
        builder.Property(mail => mail.Id).ValueGeneratedNever();
        builder.HasIndex(mail => mail.NextTryAt);
    }
}
