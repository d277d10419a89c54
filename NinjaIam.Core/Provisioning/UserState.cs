using System.Text.Json.Nodes;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>
/// One state of a person with everything that the tables and the journal keep of it. Where the request alone decides it, it is made before
/// the write, so that the one writer has only to write.
/// </summary>
internal sealed class UserState
{
    private UserState(ResourceType type, JsonObject document, bool active, string? text = null)
    {
        Document = document;
        Values = UserProjection.Of(document, active);
        Names = Values.Names();
        Content = SearchContent.Of(
            type,
            document,
            Values.ExternalId is { } externalId ? [new UniqueKey(SearchContent.UserExternalId, externalId)] : [],
            text,
            active
        );
    }

    /// <summary>The complete document.</summary>
    public JsonObject Document { get; }

    public UserProjection Values { get; }

    public ManagedNames Names { get; }

    public ResourceContent Content { get; }

    /// <summary>The values of somebody new, as changes.</summary>
    public IReadOnlyList<ChangedValue> AllValues { get; private init; } = [];

    /// <param name="type">Users, as this installation extends them.</param>
    /// <param name="active">Whether the person is active where the document does not say so.</param>
    public static UserState Of(ResourceType type, JsonObject document, bool active) => new(type, document, active);

    /// <summary>The state that a row holds.</summary>
    /// <param name="document">What was read from the row.</param>
    public static UserState OfStored(ResourceType type, JsonObject document, ResourceRow row) => new(type, document, row.Active, row.Doc);

    /// <summary>The state of somebody new.</summary>
    public static UserState OfNew(ResourceType type, JsonObject document) =>
        new(type, document, active: true) { AllValues = DocumentChanges.Between(type, [], document) };
}
