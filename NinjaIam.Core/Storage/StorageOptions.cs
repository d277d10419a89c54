using Microsoft.Data.Sqlite;

namespace NinjaIam.Core.Storage;

public sealed class StorageOptions
{
    /// <summary>Directory that holds everything the installation stores. It is created when missing.</summary>
    public string DataDirectory { get; set; } = "";

    /// <summary>How long one read may compute before it is given up.</summary>
    public TimeSpan ReadDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Called with every connection that is opened for reading by statements: what else those statements need.</summary>
    public Action<SqliteConnection> PrepareReader { get; set; } = _ => { };

    /// <summary>How many writes may wait at once; further ones are refused with <see cref="WriteQueueFullException"/>.</summary>
    public int WriteQueueLength { get; set; } = 4_096;
}
