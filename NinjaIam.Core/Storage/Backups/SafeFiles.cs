namespace NinjaIam.Core.Storage.Backups;

/// <summary>Files that only their owner reads and that are on the disk when they are said to be.</summary>
internal static class SafeFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        await using var file = new FileStream(path, options);
        await write(file);
        file.Flush(flushToDisk: true);
    }

    public static async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        await using var source = File.OpenRead(from);
        await WriteAsync(to, target => source.CopyToAsync(target, cancellationToken));
    }

    /// <summary>Copies the files of a directory, if there is one. It has no directories in it.</summary>
    public static async Task CopyDirectoryAsync(string from, string to, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(from))
        {
            return;
        }

        DataDirectory.Create(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            await CopyAsync(file, Path.Combine(to, Path.GetFileName(file)), cancellationToken);
        }
    }
}
