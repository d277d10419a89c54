using Microsoft.EntityFrameworkCore;

namespace NinjaIam.Core.Storage;

/// <summary>
/// Knows no feature: each feature folder brings its entities, their configuration and its table property.
/// Saving works only on a context that <see cref="WriteScope"/> handed out; every other instance reads.
/// One derived context per database engine owns that engine's migrations.
/// </summary>
public abstract class NinjaIamDbContext(DbContextOptions options) : DbContext(options)
{
    private WriteScope? _scope;

    internal void BelongsTo(WriteScope scope) => _scope = scope;

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        BeforeSaving();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        BeforeSaving();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(NinjaIamDbContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite cannot sort or compare a DateTimeOffset; it can sort and compare UTC ticks.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
        configurationBuilder.Properties<Guid>().HaveConversion<GuidBytesConverter>();
    }

    private void BeforeSaving()
    {
        if (_scope is null)
        {
            throw new InvalidOperationException($"Changes are saved only inside {nameof(IWritePath)}.{nameof(IWritePath.RunAsync)}.");
        }

        foreach (var entry in ChangeTracker.Entries().ToList())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted))
            {
                continue;
            }

            if (entry.Entity is IWrittenByStatements)
            {
                throw new InvalidOperationException($"{entry.Metadata.DisplayName()} is written by statements only.");
            }

            if (entry.Entity is ISearchable searchable)
            {
                searchable.SearchKey = TextKey.Of(searchable.SearchText);
            }

            // Whoever read the row before this change must notice it, even when the change came from another door.
            if (entry.State == EntityState.Modified && entry.Metadata.FindProperty("ConcurrencyStamp") is { } stamp)
            {
                entry.Property(stamp.Name).CurrentValue = Guid.NewGuid().ToString();
            }
        }
    }
}
