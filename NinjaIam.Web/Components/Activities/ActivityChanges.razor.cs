using System.Globalization;
using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Journal;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Activities;

/// <summary>What an activity changed, each value before and after.</summary>
public sealed partial class ActivityChanges(PersonClock clock) : ComponentBase
{
    [Parameter, EditorRequired]
    public required Activity Activity { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ChangedValue> Changes { get; set; }

    // Moments are stored in their round-trip form, which nobody reads.
    private string Shown(string? value) =>
        string.IsNullOrEmpty(value) ? SharedTexts.NothingToShow
        : DateTimeOffset.TryParseExact(value, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? Wording.Full(moment, clock)
        : value;
}
