using System.Text.Json;

namespace NinjaIam.Core.Storage.Backups;

/// <summary>What a backup says about itself.</summary>
/// <param name="Version">The version of the program that made it.</param>
/// <param name="Migration">The last migration that its database has seen.</param>
public sealed record BackupManifest(Version Version, string Migration, DateTimeOffset TakenAt)
{
    private const string FileName = "manifest.json";
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal static Version ProgramVersion { get; } = typeof(BackupManifest).Assembly.GetName().Version!;

    /// <exception cref="UnusableStorageException">There is no backup in the directory.</exception>
    internal static async Task<BackupManifest> ReadAsync(string directory, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(Path.Combine(directory, FileName));
            return await JsonSerializer.DeserializeAsync<BackupManifest>(file, Options, cancellationToken)
                ?? throw new JsonException("The manifest is empty.");
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            throw new UnusableStorageException($"{directory} holds no backup: {exception.Message}", exception);
        }
    }

    internal Task WriteAsync(string directory, CancellationToken cancellationToken) =>
        SafeFiles.WriteAsync(
            Path.Combine(directory, FileName),
            file => JsonSerializer.SerializeAsync(file, this, Options, cancellationToken)
        );
}
