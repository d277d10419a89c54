namespace NinjaIam.Core.Outcomes;

public enum RefusalKind
{
    NotFound,
    AlreadyTaken,
    InvalidValue,
    PrerequisiteMissing,
    NotAllowed,

    /// <summary>Somebody else changed the same thing since it was shown.</summary>
    Stale,

    /// <summary>The person has to prove again who they are; the same call is welcome afterwards.</summary>
    StepUpRequired,
}

/// <param name="Kind">What a caller branches on.</param>
/// <param name="Detail">A sentence an administrator can act on. Never holds a secret.</param>
/// <param name="Field">The name of the form field it belongs to, or null when it concerns the whole act.</param>
public sealed record Refusal(RefusalKind Kind, string Detail, string? Field = null);
