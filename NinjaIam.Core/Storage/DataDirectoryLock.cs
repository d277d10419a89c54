namespace NinjaIam.Core.Storage;

/// <summary>
/// Says that somebody uses a data directory: many at once, or one alone who replaces what lies in it. The system ends it with the process,
/// however that ends.
/// </summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private const string FileName = "portal.lock";

    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>Null while somebody uses the directory alone.</summary>
    public static DataDirectoryLock? TryShare(string directory) => TryOpen(directory, FileAccess.Read, FileShare.Read);

    /// <summary>Null while anybody uses the directory.</summary>
    public static DataDirectoryLock? TryTakeAlone(string directory) => TryOpen(directory, FileAccess.ReadWrite, FileShare.None);

    public void Dispose() => _file.Dispose();

    private static DataDirectoryLock? TryOpen(string directory, FileAccess access, FileShare share)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            using var created = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        }

        try
        {
            return new DataDirectoryLock(new FileStream(path, FileMode.Open, access, share));
        }
        catch (IOException exception) when (exception is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return null;
        }
    }
}
