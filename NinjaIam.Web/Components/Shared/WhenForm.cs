namespace NinjaIam.Web.Components.Shared;

public enum WhenForm
{
    /// <summary>"2 min ago", "in 13 days"; the date beyond seven days back. Hover and focus show the exact moment.</summary>
    Near,

    /// <summary>Date, time and zone, where somebody decides by it.</summary>
    Full,
}
