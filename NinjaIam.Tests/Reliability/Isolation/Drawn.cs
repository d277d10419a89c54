namespace NinjaIam.Tests.Reliability.Isolation;

/// <summary>A request with labels in the place of ids and cursors.</summary>
internal sealed record Drawn(HttpMethod Method, string Path, string? Json = null)
{
    public string? Filter { get; init; }

    public (string Header, string Value)? Condition { get; init; }

    /// <summary>Sent to the base URL of the other provider.</summary>
    public bool AtOther { get; init; }

    public override string ToString() => $"{Method} {Path} {Filter} {(AtOther ? "at the other" : "")} {Condition} {Json}";
}
