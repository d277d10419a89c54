namespace NinjaIam.Core.IdentityProviders;

/// <summary>What makes a provider complete, in the order in which it is done.</summary>
public enum SetupStep
{
    SamlSettings,
    ScimEnabled,
    TokenCreated,
    FirstRequest,
    FirstUser,
    FirstGroup,
    FirstRoleMapping,
}

/// <param name="DoneAt">When it was done (UTC); null while it is not.</param>
public sealed record SetupMark(SetupStep Step, DateTimeOffset? DoneAt)
{
    public bool IsDone => DoneAt is not null;
}

/// <summary>How far a provider is. Where the vendor sends no groups there is no step for them, unless one came all the same.</summary>
public sealed record SetupChecklist(IReadOnlyList<SetupMark> Marks)
{
    public int Done => Marks.Count(mark => mark.IsDone);

    public bool IsComplete => Done == Marks.Count;

    /// <summary>The first step that is not done, or null when all are.</summary>
    public SetupStep? Next => Marks.FirstOrDefault(mark => !mark.IsDone)?.Step;
}
