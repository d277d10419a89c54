using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Permitted;

/// <summary>
/// Edits what of a person no identity provider decides: one's own settings, or those of somebody whom a role lets one edit. Everything else
/// about a person is a system administrator's.
/// </summary>
public sealed class LocalSettingsEditing(IWritePath writePath, ChangeJournal journal)
{
    private static readonly Refusal NoPerson = new(RefusalKind.NotFound, "This person does not exist any more.");
    private static readonly Refusal NotAllowed = new(
        RefusalKind.NotAllowed,
        "Your roles do not let you change your profile. Ask your system administrator."
    );

    private static readonly Refusal Stale = new(
        RefusalKind.Stale,
        "Somebody else changed these settings meanwhile. Reload to see the change."
    );

    /// <param name="before">What the change was made on; anything else refuses with <see cref="RefusalKind.Stale"/>.</param>
    public async Task<Outcome<Completed>> ChangeAsync(
        Guid id,
        LocalSettings input,
        LocalSettings before,
        Origin origin,
        CancellationToken cancellationToken
    )
    {
        var validation = await new LocalSettingsValidator().ValidateAsync(input, cancellationToken);
        if (!validation.IsValid)
        {
            return new Refusal(RefusalKind.InvalidValue, validation.Errors[0].ErrorMessage, validation.Errors[0].PropertyName);
        }

        return await writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                var person = await scope.Database.Users.SingleOrDefaultAsync(user => user.Id == id, CancellationToken.None);
                return await RefuseAsync(scope, person, id, origin) is { } refusal ? refusal
                    : person is null ? NoPerson
                    : OwnAccount.SettingsOf(person) != before ? Stale
                    : await WriteAsync(scope, person, before, input, origin);
            },
            cancellationToken
        );
    }

    private static async Task<Refusal?> RefuseAsync(WriteScope scope, User? person, Guid id, Origin origin)
    {
        if (person is null || origin.Actor.Id != id)
        {
            return await scope.RefuseWithoutPermissionAsync(origin, PermissionKind.EditUsers, id);
        }

        return await scope.IsSignedInAsync(origin) && OwnAccount.MaySeeProfile(person, await scope.HeldOnSignInAsync(origin))
            ? null
            : NotAllowed;
    }

    private async Task<Outcome<Completed>> WriteAsync(
        WriteScope scope,
        User person,
        LocalSettings before,
        LocalSettings input,
        Origin origin
    )
    {
        List<ChangedValue> changes = [];
        Add("phone", before.PhoneNumber, input.PhoneNumber);
        Add("language", before.Language, input.Language);
        Add("timeZone", before.TimeZone, input.TimeZone);
        if (changes.Count == 0)
        {
            return new Completed();
        }

        person.PhoneNumber = TextOrNull(input.PhoneNumber);
        person.Language = TextOrNull(input.Language);
        person.TimeZone = TextOrNull(input.TimeZone);
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        await journal.AppendAsync(
            scope,
            origin,
            new JournalEntry(JournalKind.UserChanged)
            {
                ProviderId = person.ProviderId,
                ResourceType = "User",
                ResourceId = person.Id.ToString("D"),
                Subject = person.Name,
                Changes = changes,
            },
            ChangeTopic.Users
        );
        return new Completed();

        void Add(string attribute, string old, string now)
        {
            if (TextOrNull(old) != TextOrNull(now))
            {
                changes.Add(new ChangedValue(attribute, TextOrNull(old), TextOrNull(now)));
            }
        }
    }

    private static string? TextOrNull(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
