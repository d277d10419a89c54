namespace NinjaIam.Core.Storage;

/// <summary>Where connections for reading by statements come from.</summary>
public interface IReadSessions
{
    /// <summary>A connection for one read; dispose it to give it back.</summary>
    Task<ReadSession> OpenReaderAsync(CancellationToken cancellationToken);
}
