using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.SingleSignOn;

/// <summary>A key pair of ours, with which metadata and requests are signed. The newest one is used.</summary>
public sealed class SigningKey
{
    public required Guid Id { get; init; }

    /// <summary>The certificate with the public key, in DER form.</summary>
    public required byte[] Certificate { get; init; }

    /// <summary>The private key (PKCS #8), encrypted by Data Protection.</summary>
    public required byte[] ProtectedKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The identifier of a request or an assertion that was used and never counts again.</summary>
public sealed class UsedMessage
{
    public required Guid ProviderId { get; init; }

    /// <summary>SHA-256 of the kind and the identifier.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>From when on the message is refused for its age alone (UTC).</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A response that was accepted and waits for its browser. It is gone once the browser has come, or the time is over.</summary>
public sealed class StoredReply
{
    /// <summary>SHA-256 of the handle, which stands nowhere.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>What was accepted, encrypted by Data Protection.</summary>
    public required byte[] Content { get; init; }

    /// <summary>From when on it counts no more (UTC).</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

public static class SingleSignOnTables
{
    extension(NinjaIamDbContext database)
    {
        public DbSet<SigningKey> SigningKeys => database.Set<SigningKey>();

        public DbSet<UsedMessage> UsedMessages => database.Set<UsedMessage>();

        public DbSet<StoredReply> StoredReplies => database.Set<StoredReply>();
    }
}

internal sealed class SigningKeyConfiguration : IEntityTypeConfiguration<SigningKey>
{
    public void Configure(EntityTypeBuilder<SigningKey> builder)
    {
        builder.ToTable("saml_keys");
        builder.HasKey(key => key.Id);
        builder.Property(key => key.Id).ValueGeneratedNever();
    }
}

internal sealed class UsedMessageConfiguration : IEntityTypeConfiguration<UsedMessage>
{
    public void Configure(EntityTypeBuilder<UsedMessage> builder)
    {
        builder.ToTable("saml_used_messages");
        // The key is what refuses a message that is used twice, whoever asks and however often the program was started in between.
        builder.HasKey(message => new { message.ProviderId, message.Digest });
        builder.HasIndex(message => message.ExpiresAt);
        builder.HasOne<IdentityProvider>().WithMany().HasForeignKey(message => message.ProviderId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class StoredReplyConfiguration : IEntityTypeConfiguration<StoredReply>
{
    public void Configure(EntityTypeBuilder<StoredReply> builder)
    {
        builder.ToTable("saml_replies");
        builder.HasKey(reply => reply.Digest);
        builder.HasIndex(reply => reply.ExpiresAt);
    }
}
