namespace NinjaIam.Core.Storage;

/// <summary>What is stored, or where, can't be used as it is. The message is for whoever started the program and says what to do.</summary>
public sealed class UnusableStorageException(string message, Exception? innerException = null) : Exception(message, innerException);
