namespace NinjaIam.Core.Storage;

/// <summary>Too many writes are waiting. Nothing was done; the same request may be sent again.</summary>
public sealed class WriteQueueFullException() : Exception("Too many writes are waiting.");
