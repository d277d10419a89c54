namespace NinjaIam.Tests.Conformance;

/// <summary>Says which obligations of <c>obligations.json</c>, and which rules of <c>rules.json</c>, a test proves.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProvesAttribute(params string[] ids) : Attribute
{
    public IReadOnlyList<string> Ids { get; } = ids;
}
