namespace NinjaIam.Core.Scim.Definitions;

/// <summary>How much definitions may define. Every searchable attribute is work with every write.</summary>
internal static class DefinitionLimits
{
    public const int Bytes = 1024 * 1024;
    public const int Schemas = 100;
    public const int ResourceTypes = 50;
    public const int Extensions = 20;
    public const int Attributes = 200;
    public const int SubAttributes = 50;
    public const int Searchable = 50;
    public const int CanonicalValues = 100;
    public const int NameLength = 100;
    public const int UrnLength = 250;
    public const int TextLength = 2000;

    /// <summary>Nobody reads more reasons at once.</summary>
    public const int Problems = 50;
}
