using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Patching;

/// <summary>What the path of a PATCH operation points at (RFC 7644, figure 7).</summary>
public abstract record TargetPath
{
    private TargetPath() { }

    /// <param name="Filter">Selects values of a multi-valued attribute; its paths are relative to them.</param>
    public sealed record Selected(AttributePath Path, FilterExpression? Filter) : TargetPath
    {
        public override string ToString()
        {
            if (Filter is null)
            {
                return Path.ToString();
            }

            var values = $"{Path with { SubAttribute = null }}[{Filter}]";
            return Path.SubAttribute is null ? values : $"{values}.{Path.SubAttribute.Name}";
        }
    }

    /// <summary>Everything of one schema.</summary>
    public sealed record WholeSchema(ScimSchema Schema) : TargetPath;

    /// <summary>A URN nothing is registered for. Such an operation is ignored as long as another one takes effect.</summary>
    public sealed record Unregistered(string Text) : TargetPath;
}
