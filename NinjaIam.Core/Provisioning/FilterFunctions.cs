using Microsoft.Data.Sqlite;

namespace NinjaIam.Core.Provisioning;

/// <summary>What filters call in the database, which by itself folds ASCII only and knows neither instants nor exact decimals.</summary>
internal static class FilterFunctions
{
    /// <summary>Takes a <see cref="KeyKind"/> and a value as JSON; answers its <see cref="SearchKey"/>, or NULL.</summary>
    public const string Key = "scim_key";

    public static void Register(SqliteConnection connection) =>
        connection.CreateFunction(Key, (long kind, string? json) => SearchKey.OfJson((KeyKind)kind, json), isDeterministic: true);
}
