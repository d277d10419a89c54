using Microsoft.Data.Sqlite;

namespace NinjaIam.Core.Storage;

/// <summary>Parameterised statements and typed columns in one spelling, for readers and writers alike.</summary>
public static class SqliteStatements
{
    public static SqliteCommand Prepare(
        this SqliteConnection connection,
        string sql,
        SqliteTransaction? transaction,
        ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Callers pass constants or text made by the filter translator, which never contains a client's value.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = transaction;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, ToStored(value));
        }

        return command;
    }

    public static SqliteCommand Statement(
        this SqliteConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    ) => connection.Prepare(sql, null, parameters);

    public static Guid GetId(this SqliteDataReader reader, int column) => new((byte[])reader.GetValue(column), bigEndian: true);

    public static DateTimeOffset GetInstant(this SqliteDataReader reader, int column) => new(reader.GetInt64(column), TimeSpan.Zero);

    public static string? GetText(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static object ToStored(object? value) =>
        value switch
        {
            null => DBNull.Value,
            Guid id => id.ToByteArray(bigEndian: true),
            DateTimeOffset instant => instant.UtcTicks,
            bool flag => flag ? 1L : 0L,
            Enum member => Convert.ToInt64(member, System.Globalization.CultureInfo.InvariantCulture),
            _ => value,
        };
}
