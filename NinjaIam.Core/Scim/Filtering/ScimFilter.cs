using NinjaIam.Core.Scim.Dialects;

namespace NinjaIam.Core.Scim.Filtering;

/// <summary>A filter of a request and what had to be tolerated to read it.</summary>
public sealed record ScimFilter(FilterExpression Expression, IReadOnlyList<Repair> Repairs)
{
    public override string ToString() => Expression.ToString()!;
}
