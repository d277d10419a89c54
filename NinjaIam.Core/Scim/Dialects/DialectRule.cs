namespace NinjaIam.Core.Scim.Dialects;

/// <summary>One leniency towards provisioning clients: applied to all of them alike and reported each time.</summary>
/// <param name="Name">Stable; stands in the request log.</param>
/// <param name="Arrives">What is sent that the standard does not have, or has otherwise.</param>
/// <param name="From">Who is known to send it.</param>
/// <param name="Answer">What is made of it.</param>
/// <param name="Source">Where the exchange is documented.</param>
public sealed record DialectRule(string Name, string Arrives, string From, string Answer, string Source)
{
    public override string ToString() => Name;
}

/// <summary>A rule that was applied to a request.</summary>
/// <param name="Target">The attribute, path or name it was applied to. Never a value.</param>
public sealed record Repair(DialectRule Rule, string Target)
{
    public override string ToString() => $"{Rule.Name}: {Target}";
}
