using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning.Leaving;

/// <summary>
/// A provider took, or wants to take, the access of so many people within an hour that it may be a mistake: at least
/// <see cref="FewestPeople"/> and more than a tenth of whom it manages.
/// </summary>
public sealed class MassDeparture
{
    public const int FewestPeople = 20;
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>How long an approval lets a provider go on that holds such departures back.</summary>
    public static readonly TimeSpan ApprovedFor = TimeSpan.FromHours(24);

    public int Id { get; init; }

    public required Guid ProviderId { get; init; }

    /// <summary>The first departure that counts (UTC).</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was noticed (UTC).</summary>
    public required DateTimeOffset NoticedAt { get; init; }

    /// <summary>How many people have left.</summary>
    public required int People { get; set; }

    /// <summary>How many the provider managed before.</summary>
    public required int Managed { get; init; }

    /// <summary>Whether further departures are put off until an administrator approves.</summary>
    public required bool IsHeld { get; init; }

    public DateTimeOffset? ApprovedAt { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public string? ClosedBy { get; set; }
}

/// <summary>Whom a provider deactivated or deleted last, and when.</summary>
public sealed class Departure : IWrittenByStatements
{
    public Guid ProviderId { get; init; }

    public Guid AccountId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Keys of the groups that somebody who was deleted was a member of, separated by commas; null for who was deactivated.</summary>
    public string? Groups { get; init; }
}

/// <summary>How many left within one minute, so that an hour is sixty rows however many leave.</summary>
public sealed class DepartureMinute : IWrittenByStatements
{
    public Guid ProviderId { get; init; }

    /// <summary>Minutes since the beginning of the calendar, UTC.</summary>
    public long Minute { get; init; }

    public int Deactivated { get; init; }

    public int Deleted { get; init; }
}

internal sealed class MassDepartureConfiguration : IEntityTypeConfiguration<MassDeparture>
{
    public void Configure(EntityTypeBuilder<MassDeparture> builder)
    {
        builder.ToTable("mass_departures");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedOnAdd().HasAnnotation("Sqlite:Autoincrement", true);
        builder.HasIndex(row => new { row.ProviderId, row.ClosedAt });
        builder.HasOne<IdentityProvider>().WithMany().HasForeignKey(row => row.ProviderId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class DepartureConfiguration : IEntityTypeConfiguration<Departure>
{
    public void Configure(EntityTypeBuilder<Departure> builder)
    {
        builder.ToTable("departures");
        builder.HasKey(row => new { row.ProviderId, row.AccountId });
        builder.HasIndex(row => new { row.ProviderId, row.At });
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<IdentityProvider>().WithMany().HasForeignKey(row => row.ProviderId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class DepartureMinuteConfiguration : IEntityTypeConfiguration<DepartureMinute>
{
    public void Configure(EntityTypeBuilder<DepartureMinute> builder)
    {
        builder.ToTable("departure_minutes");
        builder.HasKey(row => new { row.ProviderId, row.Minute });
        builder.HasOne<IdentityProvider>().WithMany().HasForeignKey(row => row.ProviderId).OnDelete(DeleteBehavior.Cascade);
    }
}
