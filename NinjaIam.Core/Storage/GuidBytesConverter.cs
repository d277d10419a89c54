using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace NinjaIam.Core.Storage;

/// <summary>Stores an identifier as 16 bytes in big-endian order, so that version 7 identifiers sort by creation.</summary>
internal sealed class GuidBytesConverter() : ValueConverter<Guid, byte[]>(id => id.ToByteArray(true), bytes => new Guid(bytes, true));
