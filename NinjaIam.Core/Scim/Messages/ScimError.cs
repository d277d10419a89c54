using System.Globalization;
using System.Text.Json.Nodes;

namespace NinjaIam.Core.Scim.Messages;

/// <summary>What a provisioning client is told when its request is refused (RFC 7644, section 3.12).</summary>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="Type">The keyword, or null where the status says it all.</param>
/// <param name="Detail">What is wrong and what to do, for the administrator of the client. Never holds a secret.</param>
public sealed record ScimError(int Status, ScimErrorType? Type, string Detail)
{
    public const string Urn = "urn:ietf:params:scim:api:messages:2.0:Error";

    // Details quote names from the request, which may be of any length.
    private const int MaxDetailLength = 2000;

    /// <summary>A filter was refused because it compares what nobody may learn.</summary>
    public bool ComparesSecret { get; init; }

    /// <summary>It can be done once an administrator has decided.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>After how many seconds it makes sense to ask again; null where nothing is known of that.</summary>
    public int? RetryAfter { get; init; }

    public string Detail { get; init; } = Detail.Length <= MaxDetailLength ? Detail : Detail[..MaxDetailLength] + "…";

    public static ScimError InvalidFilter(string detail) => new(400, ScimErrorType.InvalidFilter, detail);

    public static ScimError TooMany(string detail) => new(400, ScimErrorType.TooMany, detail);

    public static ScimError Uniqueness(string detail) => new(409, ScimErrorType.Uniqueness, detail);

    public static ScimError Mutability(string detail) => new(400, ScimErrorType.Mutability, detail);

    public static ScimError InvalidSyntax(string detail) => new(400, ScimErrorType.InvalidSyntax, detail);

    public static ScimError InvalidPath(string detail) => new(400, ScimErrorType.InvalidPath, detail);

    public static ScimError NoTarget(string detail) => new(400, ScimErrorType.NoTarget, detail);

    public static ScimError InvalidValue(string detail) => new(400, ScimErrorType.InvalidValue, detail);

    public static ScimError InvalidVersion(string detail) => new(400, ScimErrorType.InvalidVersion, detail);

    public static ScimError InvalidCursor(string detail) => new(400, ScimErrorType.InvalidCursor, detail);

    public static ScimError ExpiredCursor(string detail) => new(400, ScimErrorType.ExpiredCursor, detail);

    public static ScimError InvalidCount(string detail) => new(400, ScimErrorType.InvalidCount, detail);

    public static ScimError BadRequest(string detail) => new(400, null, detail);

    public static ScimError Unauthorized(string detail) => new(401, null, detail);

    public static ScimError Forbidden(string detail) => new(403, null, detail);

    public static ScimError Sensitive(string detail) => new(403, ScimErrorType.Sensitive, detail);

    public static ScimError NotFound(string detail) => new(404, null, detail);

    public static ScimError Conflict(string detail) => new(409, null, detail);

    public static ScimError PreconditionFailed(string detail) => new(412, null, detail);

    public static ScimError PayloadTooLarge(string detail) => new(413, null, detail);

    public static ScimError NotImplemented(string detail) => new(501, null, detail);

    /// <summary>The body of the answer. The status is a string in it, as the RFC has it.</summary>
    public JsonObject ToJson()
    {
        var body = new JsonObject { ["schemas"] = new JsonArray(Urn) };
        if (Type is { } type)
        {
            body["scimType"] = type.ToToken();
        }

        body["detail"] = Detail;
        body["status"] = Status.ToString(CultureInfo.InvariantCulture);
        return body;
    }
}
