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
    public static void Create(string path)
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
}
