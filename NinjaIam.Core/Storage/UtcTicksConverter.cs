using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace NinjaIam.Core.Storage;

/// <summary>Stores an instant as UTC ticks, which every engine sorts and compares.</summary>
internal sealed class UtcTicksConverter()
    : ValueConverter<DateTimeOffset, long>(instant => instant.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
