namespace NinjaIam.Core.Storage;

/// <summary>Marks a row type that EF may read and that only SQL statements inside a write scope may change.</summary>
public interface IWrittenByStatements;
