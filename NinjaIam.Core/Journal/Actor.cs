namespace NinjaIam.Core.Journal;

public enum ActorKind
{
    System = 0,

    /// <summary>A system administrator.</summary>
    Administrator = 1,
    Provider = 2,
    CommandLine = 3,

    /// <summary>Somebody else who signed in: a technician or an end user, who may do what their roles permit.</summary>
    Person = 4,
}

/// <summary>Who does something.</summary>
/// <param name="Id">The account or the identity provider; null for the system and the command line.</param>
/// <param name="Name">What the actor is called now; kept with what they did.</param>
/// <param name="Token">The public id of the SCIM token, where one was used.</param>
public sealed record Actor(ActorKind Kind, Guid? Id, string Name, string? Token = null)
{
    public static readonly Actor System = new(ActorKind.System, null, "NinjaIam");

    public static readonly Actor CommandLine = new(ActorKind.CommandLine, null, "Command line");

    /// <summary>For services that read: throws unless this is somebody who signed in as a system administrator, or the host itself.</summary>
    /// <exception cref="UnauthorizedAccessException">The caller should not have asked; pages never let it come to this.</exception>
    public void MustBeAdministrator()
    {
        if (Kind is not (ActorKind.Administrator or ActorKind.System or ActorKind.CommandLine))
        {
            throw new UnauthorizedAccessException("Only a system administrator may do this.");
        }
    }
}
