namespace NinjaIam.Core.Scim.Definitions;

/// <summary>A text with definitions: a Schema or ResourceType document of RFC 7643, a list of them, or a ListResponse of them.</summary>
/// <param name="Name">Name of the file, as messages and the portal show it.</param>
public sealed record DefinitionSource(string Name, ReadOnlyMemory<byte> Content);

/// <summary>One reason why definitions can't be taken.</summary>
/// <param name="Place">JSON path in the source, or line and position.</param>
/// <param name="Detail">What is wrong and what to do.</param>
public sealed record DefinitionProblem(string Source, string Place, string Detail)
{
    public override string ToString() => $"{Source}: {Place}: {Detail}";
}
