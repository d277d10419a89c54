using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NinjaIam.Core.Accounts;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("accounts");
        builder.HasKey(user => user.Id);
        builder.Property(user => user.Id).ValueGeneratedNever();
        builder.Property(user => user.ConcurrencyStamp).IsConcurrencyToken();
        builder.Ignore(user => user.Name);
        builder.Ignore(user => user.SearchText);
        builder.Ignore(user => user.MaySignIn);
        builder.Ignore(user => user.LockoutEnabled);

        // A deleted person's key is null, which a unique index does not count: the user name is free again.
        builder.HasIndex(user => user.NormalizedUserName).IsUnique();
        // However many of a provider's people share an address, those kept by hand are found among them at once.
        builder.HasIndex(user => new { user.NormalizedEmail, user.ProviderId });
        builder.HasIndex(user => new { user.ProviderId, user.Active });
        builder.HasIndex(user => new { user.ProviderId, user.NormalizedUserName }).HasFilter("\"MayDiffer\" = 1");
        builder.HasIndex(user => user.Kind);
        builder.HasIndex(user => user.InvitationDigest).IsUnique().HasFilter("\"InvitationDigest\" IS NOT NULL");
    }
}

internal sealed class OrganizationConfiguration : IEntityTypeConfiguration<Organization>
{
    public void Configure(EntityTypeBuilder<Organization> builder)
    {
        builder.ToTable("organizations");
        builder.HasKey(organization => organization.Id);

        // AUTOINCREMENT: an identifier that was handed to an identity provider never comes to mean another organization.
        builder.Property(organization => organization.Id).ValueGeneratedOnAdd().HasAnnotation("Sqlite:Autoincrement", true);
        builder.HasIndex(organization => organization.NormalizedName).IsUnique();
    }
}

internal sealed class AccountOrganizationConfiguration : IEntityTypeConfiguration<AccountOrganization>
{
    public void Configure(EntityTypeBuilder<AccountOrganization> builder)
    {
        builder.ToTable("account_organizations");
        builder.HasKey(row => new { row.AccountId, row.OrganizationId });
        builder.HasIndex(row => row.OrganizationId);
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Organization>().WithMany().HasForeignKey(row => row.OrganizationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions");
        builder.HasKey(session => session.Id);
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.HasIndex(session => session.AccountId);
        builder.HasOne<User>().WithMany().HasForeignKey(session => session.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PasskeyConfiguration : IEntityTypeConfiguration<Passkey>
{
    public void Configure(EntityTypeBuilder<Passkey> builder)
    {
        // Version 3 of Identity's schema, by the names of our other tables.
        builder.ToTable("passkeys");
        builder.HasKey(passkey => passkey.CredentialId);
        builder.Property(passkey => passkey.UserId).HasColumnName("AccountId");
        builder.OwnsOne(passkey => passkey.Data).ToJson();
        builder.HasIndex(passkey => passkey.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(passkey => passkey.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class UsedPasskeyChallengeConfiguration : IEntityTypeConfiguration<UsedPasskeyChallenge>
{
    public void Configure(EntityTypeBuilder<UsedPasskeyChallenge> builder)
    {
        builder.ToTable("used_passkey_challenges");
        builder.HasKey(challenge => challenge.Digest);
        builder.HasIndex(challenge => challenge.ExpiresAt);
    }
}

internal sealed class PeopleBatchConfiguration : IEntityTypeConfiguration<PeopleBatch>
{
    public void Configure(EntityTypeBuilder<PeopleBatch> builder)
    {
        builder.ToTable("people_batches");
        builder.HasKey(batch => batch.Id);
        builder.Property(batch => batch.Id).ValueGeneratedOnAdd().HasAnnotation("Sqlite:Autoincrement", true);
        builder.HasIndex(batch => new { batch.ProviderId, batch.At });
    }
}

internal sealed class PeopleBatchMemberConfiguration : IEntityTypeConfiguration<PeopleBatchMember>
{
    public void Configure(EntityTypeBuilder<PeopleBatchMember> builder)
    {
        builder.ToTable("people_batch_members");
        builder.HasKey(row => new { row.BatchId, row.AccountId });
        builder.HasIndex(row => row.AccountId);
        builder.HasOne<PeopleBatch>().WithMany().HasForeignKey(row => row.BatchId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
