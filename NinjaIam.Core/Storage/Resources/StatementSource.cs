namespace NinjaIam.Core.Storage.Resources;

/// <summary>Makes a statement on a reader's connection or in a write scope, so that both read by the same statements.</summary>
internal delegate SqlStatement StatementSource(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters);
