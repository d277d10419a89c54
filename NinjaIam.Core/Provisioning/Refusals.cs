using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Provisioning;

/// <summary>What provisioning clients are told when a request cannot be done, in one place so that equal cases read equal.</summary>
public static class Refusals
{
    private const int LongestQuote = 200;

    /// <summary>One body for every reason: a client without a live token learns nothing else.</summary>
    public static ScimError Unauthorized { get; } =
        ScimError.Unauthorized("The SCIM token is missing or not accepted. Create a token in the portal and store it in the client.");

    /// <summary>One body whether the person exists or not: who is in another directory is nobody's business here.</summary>
    internal static ScimError UserNameOutside { get; } =
        ScimError.Uniqueness("This userName can't be used here: it belongs to another identity provider of this installation.");

    /// <param name="version">That the resource has.</param>
    public static ScimError PreconditionFailed(long version) =>
        ScimError.PreconditionFailed(
            $"The resource has the version {new EntityTag(version)}, for which the condition of the request does not hold. "
                + "Read it again and repeat the request."
        );

    internal static ScimError Administrator { get; } =
        ScimError.Forbidden("This user is a system administrator. Provisioning can't change system administrators; use the portal.");

    /// <summary>How long a client is asked to wait while SCIM is paused, in seconds.</summary>
    public const int PausedRetrySeconds = 600;

    public static ScimError Paused { get; } =
        new(503, null, "SCIM is paused for this identity provider in the portal. Nothing was done. Repeat the request later.")
        {
            RetryAfter = PausedRetrySeconds,
        };

    internal static ScimError HeldBack { get; } =
        new(
            503,
            null,
            "So many people leaving at once are held back until an administrator approves it in the portal. Nothing was done. Repeat the request later."
        )
        {
            RetryAfter = PausedRetrySeconds,
        };

    public static ScimError Preview { get; } =
        new(
            503,
            null,
            "This identity provider is in preview: what would be done was noted in the portal, and nothing was done. Repeat the request later."
        )
        {
            RetryAfter = PausedRetrySeconds,
        };

    public static ScimError ReadOnlyToken { get; } =
        ScimError.Forbidden("This token may only read. Let it write in the portal, or use a token that may write.");

    public static ScimError NotFound(ResourceType type, string id) =>
        ScimError.NotFound($"There is no {type.Name} with the id \"{Quote(id)}\".");

    internal static ScimError KeptByHand(string userName) =>
        ScimError.Uniqueness(
            $"The userName \"{Quote(userName)}\" belongs to an account that is kept by hand in the portal. "
                + "Assign another userName, or change the account in the portal first."
        );

    internal static ScimError WaitsForApproval(string userName) =>
        ScimError.Uniqueness(
            $"The user \"{Quote(userName)}\" is kept by hand in the portal and waits for approval: an administrator decides there, "
                + "under Users of this identity provider, whether it is managed from here. Repeat the request afterwards."
        ) with
        {
            IsWaiting = true,
        };

    internal static ScimError NotManagedYet { get; } =
        ScimError.Forbidden(
            "This user is kept by hand in the portal and is not managed by this client yet, so it can't be deleted. Update it first, "
                + "or change it in the portal."
        );

    internal static ScimError UserNameTaken(string userName, Guid holder) =>
        ScimError.Uniqueness(
            $"The userName \"{Quote(userName)}\" is taken by the user {holder:D}. Update that user, or send another userName."
        );

    internal static ScimError UserNameOfInactive(string userName, Guid holder) =>
        ScimError.Uniqueness(
            $"The userName \"{Quote(userName)}\" belongs to the inactive user {holder:D}, who has another externalId. "
                + "Delete that user first, or send that user's externalId."
        );

    internal static ScimError ExternalIdTaken(string externalId, Guid holder) =>
        ScimError.Uniqueness(
            $"The externalId \"{Quote(externalId)}\" is taken by the user {holder:D}. Update that user, or send another externalId."
        );

    internal static ScimError GroupNameTaken(string name, Guid holder) =>
        ScimError.Uniqueness(
            $"The displayName \"{Quote(name)}\" is taken by the group {holder:D}. Update that group, or send another displayName."
        );

    internal static ScimError ValueTaken(ResourceType type, AttributePath path, string value, Guid holder) =>
        ScimError.Uniqueness(
            $"{path} \"{Quote(value)}\" is taken by the {type.Name} {holder:D}. Update that {type.Name}, or send another value."
        );

    /// <summary>One body for whoever has the value: what is in another directory is nobody's business here.</summary>
    internal static ScimError ValueTakenElsewhere(AttributePath path) =>
        ScimError.Uniqueness($"This value of {path} can't be used here: it is taken in this installation. Send another value.");

    internal static ScimError TechnicianNotAllowed { get; } =
        ScimError.InvalidValue(
            $"{SchemaUrns.NinjaOneUser}:userType can't be Technician: this identity provider may not create technicians. "
                + "Allow it in the portal under Administration, Accounts, Identity Providers, or send endUser."
        );

    internal static ScimError OrganizationsNotAllowed(IEnumerable<string> bad) =>
        ScimError.InvalidValue(
            $"{SchemaUrns.NinjaOneUser}:organizationId names what this identity provider can't use: "
                + $"{string.Join(", ", bad.Take(20).Select(id => $"\"{Quote(id)}\""))}. "
                + "Copy the ID of one of its organizations in the portal with Get OrgId, or leave the attribute out."
        );

    internal static ScimError UnknownMembers(IReadOnlyCollection<string> ids) =>
        ScimError.InvalidValue(
            $"members holds {(ids.Count == 1 ? "an id" : $"{ids.Count} ids")} of no user: "
                + $"{string.Join(", ", ids.Take(20).Select(id => $"\"{Quote(id)}\""))}{(ids.Count > 20 ? ", …" : "")}. "
                + "Create the users first and send the ids that the answers name. Groups can't be members."
        );

    private static string Quote(string text) => text.Length <= LongestQuote ? text : text[..LongestQuote] + "…";
}
