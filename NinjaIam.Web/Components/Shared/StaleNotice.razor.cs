using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;

namespace NinjaIam.Web.Components.Shared;

/// <summary>Says that somebody else changed meanwhile what was being changed here: who, when, what. What was typed stays until it is reloaded.</summary>
public sealed partial class StaleNotice(PersonClock clock) : ComponentBase
{
    [Parameter, EditorRequired]
    public required Refusal Refusal { get; set; }

    /// <summary>The change that came between, if the journal knows it.</summary>
    [Parameter]
    public Activity? Change { get; set; }

    /// <summary>Replaces what was typed by what is saved now.</summary>
    [Parameter, EditorRequired]
    public required EventCallback OnReload { get; set; }

    [Parameter, EditorRequired]
    public required string TestId { get; set; }

    private string Text =>
        Change is { ActorName: { } name } ? Wording.Fill(SharedTexts.ChangedBy, name, Wording.Near(Change.At, clock)) : Refusal.Detail;
}
