using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup;

/// <summary>
/// How the console of one vendor is set up, step by step. It is the same for every provider of the vendor: what is filled in stands in the
/// steps as <see cref="GuideField"/>, and in values as a place of <see cref="ChosenOrganization"/>.
/// </summary>
/// <param name="Date">When it was last compared with its sources.</param>
public sealed record SetupGuide(Vendor Vendor, DateOnly Date)
{
    public required IReadOnlyList<GuideSource> Sources { get; init; }

    public required IReadOnlyList<GuideStep> Steps { get; init; }

    /// <summary>What the two attributes of our extension are given; empty where the vendor can't send them.</summary>
    public IReadOnlyList<GuideMapping> Mappings { get; init; } = [];

    /// <summary>Text to paste as a whole, for vendors whose mapping is a template.</summary>
    public string? Template { get; init; }

    /// <summary>What surprises people later.</summary>
    public required IReadOnlyList<string> Traps { get; init; }
}

/// <summary>Where a guide has its facts from.</summary>
public sealed record GuideSource(string Name, string Address);

/// <param name="Fields">What is shown under the text to be copied, or where to go on here.</param>
public sealed record GuideStep(string Title, string Text, params IReadOnlyList<GuideField> Fields)
{
    /// <summary>Whether the vendor's documents are silent about it.</summary>
    public bool IsUndocumented { get; init; }
}

/// <summary>A value of the provider, or a way to a tab of its page.</summary>
/// <param name="Label">What the console calls it; null for our own word.</param>
public sealed record GuideField(GuideContent Content, string? Label = null)
{
    /// <summary>The value itself, where it is the same for every provider.</summary>
    public string? Text { get; init; }

    public static implicit operator GuideField(GuideContent content) => new(content);

    public static GuideField Fixed(string label, string text) => new(GuideContent.Fixed, label) { Text = text };
}

/// <param name="Source">A value, or an expression in the vendor's language.</param>
/// <param name="How">What kind of value it is, and when to use it.</param>
public sealed record GuideMapping(string Target, string Source, string How);
