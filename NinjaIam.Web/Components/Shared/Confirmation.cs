using NinjaIam.Core.Outcomes;

namespace NinjaIam.Web.Components.Shared;

/// <summary>What somebody is asked to confirm. Name what, how many, what stays, and how it is undone.</summary>
/// <param name="Title">A question that names the object: "Disable SCIM for Contoso?".</param>
/// <param name="ConfirmText">A verb and its object.</param>
public sealed record Confirmation(string Title, string ConfirmText)
{
    /// <summary>One paragraph each.</summary>
    public IReadOnlyList<string> Consequences { get; init; } = [];

    public string? ChoicesLabel { get; init; }

    /// <summary>Ways to do it; the first is chosen until another is.</summary>
    public IReadOnlyList<Option> Choices { get; init; } = [];

    /// <summary>Has to be typed exactly before the act is done.</summary>
    public string? TypedName { get; init; }

    /// <summary>Asks for the password, unless that was just done, for an act that refuses without.</summary>
    public bool StepUp { get; init; }

    public string? BusyText { get; init; }

    public string? CancelText { get; init; }

    /// <summary>Red for what cannot simply be undone.</summary>
    public bool Dangerous { get; init; } = true;

    /// <summary>
    /// Does the act while the dialog is open, given the choice. Null means done; a refusal stands in the dialog, which stays.
    /// Without it the dialog only asks.
    /// </summary>
    public Func<string?, Task<Refusal?>>? Act { get; init; }
}
