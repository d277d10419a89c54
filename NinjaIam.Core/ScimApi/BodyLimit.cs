using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.ScimApi;

/// <summary>How large a body may be.</summary>
/// <param name="Exceeded">What a larger one is answered.</param>
internal sealed record BodyLimit(long Bytes, ScimError Exceeded)
{
    private const long Megabyte = 1024 * 1024;

    public static BodyLimit Usual { get; } = OfMegabytes(1);

    private static BodyLimit WithMembers { get; } = OfMegabytes(16);

    /// <summary>The limit of the requests that write a resource.</summary>
    public static BodyLimit For(ResourceType type) => type.HasMembers ? WithMembers : Usual;

    private static BodyLimit OfMegabytes(long megabytes) =>
        new(megabytes * Megabyte, ScimError.PayloadTooLarge($"The body is larger than {megabytes} MB. Split it into several requests."));
}
