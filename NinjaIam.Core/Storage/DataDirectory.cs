namespace NinjaIam.Core.Storage;

/// <summary>Where an installation keeps what it stores.</summary>
public static class DataDirectory
{
    /// <summary>The user's local application data folder.</summary>
    public static string Default =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
            "NinjaIam"
        );

    /// <summary>The keys that protect cookies and cursors; without them everybody has to sign in again.</summary>
    public static string KeysIn(string path) => Path.Combine(path, "keys");

    /// <summary>Creates the directory, readable by its owner only where the system knows such a thing.</summary>
    /// <exception cref="UnusableStorageException">It can't be created there.</exception>
    public static void Create(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UnusableStorageException($"The directory {path} can't be used: {exception.Message}", exception);
        }
    }
}
