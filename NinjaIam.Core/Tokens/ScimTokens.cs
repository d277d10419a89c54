using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Tokens;

/// <summary>Issues and ends SCIM tokens inside the operation that decides about them.</summary>
public sealed class ScimTokens(ChangeJournal journal)
{
    /// <summary>Calendar months, so that a token of 31 August ends on the last day of February.</summary>
    public const int LifetimeInMonths = 6;

    /// <summary>Two, so that rotation has no gap.</summary>
    public const int MostLive = 2;

    public static async Task<List<ScimToken>> LiveAsync(WriteScope scope, Guid providerId)
    {
        var now = scope.Now;
        return await scope
            .Database.ScimTokens.Where(token => token.ProviderId == providerId && token.RevokedAt == null && token.ExpiresAt > now)
            .OrderBy(token => token.CreatedAt)
            .ToListAsync(CancellationToken.None);
    }

    /// <param name="access">What the new token may do: everything, or as much as the one it takes the place of.</param>
    /// <param name="label">What people call it: nothing, or what they called the one it takes the place of.</param>
    public async Task<IssuedScimToken> IssueAsync(
        WriteScope scope,
        Guid providerId,
        string providerName,
        TokenAccess access,
        string? label,
        Origin origin
    )
    {
        var (publicId, text) = ScimTokenText.Create();
        var token = new ScimToken
        {
            PublicId = publicId,
            ProviderId = providerId,
            Hash = ScimTokenText.HashOf(text),
            CreatedAt = scope.Now,
            CreatedBy = origin.Actor.Name,
            ExpiresAt = scope.Now.AddMonths(LifetimeInMonths),
            Label = label,
            Scope = access.Scope,
            Networks = access.NetworksText,
        };
        scope.Database.ScimTokens.Add(token);
        await SaveAsync(scope);
        await AppendAsync(
            scope,
            origin,
            JournalKind.TokenCreated,
            token,
            providerName,
            [new ChangedValue("expires", null, token.ExpiresAt.ToString("O")), .. Between((TokenAccess.Everything, null), (access, label))]
        );
        return new IssuedScimToken(publicId, text, token.ExpiresAt);
    }

    public async Task RevokeAsync(WriteScope scope, ScimToken token, string providerName, Origin origin)
    {
        token.RevokedAt = scope.Now;
        await SaveAsync(scope);
        await AppendAsync(scope, origin, JournalKind.TokenRevoked, token, providerName, LabelOf(token));
        await KeepWhatItWasToReplaceAsync(scope, token);
    }

    public async Task ConfirmAsync(WriteScope scope, ScimToken token, string providerName, Origin origin)
    {
        token.ConfirmedAt = scope.Now;
        await SaveAsync(scope);
        await AppendAsync(scope, origin, JournalKind.TokenConfirmed, token, providerName, []);
    }

    /// <summary>Says what a token may do and is called from now on. What is equal to before is no change.</summary>
    public async Task ChangeAsync(WriteScope scope, ScimToken token, TokenAccess access, string? label, string providerName, Origin origin)
    {
        var changes = Between((token.Access, token.Label), (access, label));
        if (changes.Count == 0)
        {
            return;
        }

        (token.Scope, token.Networks, token.Label) = (access.Scope, access.NetworksText, label);
        await SaveAsync(scope);
        await AppendAsync(scope, origin, JournalKind.TokenChanged, token, providerName, changes);
    }

    public async Task RotateOutAsync(
        WriteScope scope,
        ScimToken old,
        string replacedBy,
        bool endsAfterUse,
        string providerName,
        Origin origin
    )
    {
        var before = old.ReplacedBy;
        old.ReplacedBy = replacedBy;
        old.EndsAfterReplacementIsUsed = endsAfterUse;
        await SaveAsync(scope);
        await AppendAsync(
            scope,
            origin,
            JournalKind.TokenRotated,
            old,
            providerName,
            [new ChangedValue("replacedBy", before is null ? null : ScimTokenText.Shown(before), ScimTokenText.Shown(replacedBy))]
        );
    }

    /// <summary>Its label, for entries in which it does not change.</summary>
    internal static IReadOnlyList<ChangedValue> LabelOf(ScimToken token) =>
        token.Label is { } label ? [new ChangedValue("label", label, label)] : [];

    private static List<ChangedValue> Between((TokenAccess Access, string? Label) before, (TokenAccess Access, string? Label) after)
    {
        var changes = new List<ChangedValue>();
        if (before.Label != after.Label)
        {
            changes.Add(new ChangedValue("label", before.Label, after.Label));
        }

        if (before.Access.Scope != after.Access.Scope)
        {
            changes.Add(new ChangedValue("scope", before.Access.Scope.ToString(), after.Access.Scope.ToString()));
        }

        if (before.Access.NetworksText != after.Access.NetworksText)
        {
            changes.Add(new ChangedValue("networks", before.Access.NetworksText, after.Access.NetworksText));
        }

        return changes;
    }

    // A rotation whose new token was discarded never happened: the old one is in use again, and must not end by itself.
    private static async Task KeepWhatItWasToReplaceAsync(WriteScope scope, ScimToken discarded)
    {
        var (provider, publicId) = (discarded.ProviderId, discarded.PublicId);
        var old = await scope.Database.ScimTokens.SingleOrDefaultAsync(
            token => token.ProviderId == provider && token.ReplacedBy == publicId && token.RevokedAt == null,
            CancellationToken.None
        );
        if (old is not null)
        {
            (old.ReplacedBy, old.EndsAfterReplacementIsUsed) = (null, false);
            await SaveAsync(scope);
        }
    }

    private static async Task SaveAsync(WriteScope scope)
    {
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        await scope.TouchAsync(Concern.Tokens);
    }

    private Task AppendAsync(
        WriteScope scope,
        Origin origin,
        string kind,
        ScimToken token,
        string providerName,
        IReadOnlyList<ChangedValue> changes
    ) =>
        journal.AppendAsync(
            scope,
            origin,
            new JournalEntry(kind)
            {
                ProviderId = token.ProviderId,
                ResourceType = "Token",
                ResourceId = token.PublicId,
                Subject = providerName,
                Changes = changes,
            },
            ChangeTopic.Tokens
        );
}
