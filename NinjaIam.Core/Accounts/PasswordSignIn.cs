using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Journal;

namespace NinjaIam.Core.Accounts;

/// <summary>What a sign-in with a password comes to. Nothing in it tells whether the account exists.</summary>
public abstract record PasswordSignInResult
{
    private PasswordSignInResult() { }

    public sealed record SignedIn(LiveSession Session) : PasswordSignInResult;

    public sealed record Wrong : PasswordSignInResult;

    /// <param name="Seconds">Whole seconds until the next try is looked at.</param>
    public sealed record Wait(int Seconds) : PasswordSignInResult;
}

/// <summary>Checks email and password, with the same answers and the same work for known and unknown accounts.</summary>
public sealed class PasswordSignIn(
    IServiceScopeFactory scopes,
    IPasswordHasher<User> passwords,
    SignInDelays delays,
    Sessions sessions,
    SecurityLog refusals
)
{
    private readonly Lazy<(User User, string Hash)> _nobody = new(() =>
    {
        var nobody = new User();
        return (nobody, passwords.HashPassword(nobody, Guid.NewGuid().ToString()));
    });

    public async Task<PasswordSignInResult> TryAsync(string email, string password, Origin origin, CancellationToken cancellationToken)
    {
        email = email.Trim();
        if (delays.SecondsToWait(email, origin.Address) is > 0 and var seconds)
        {
            Record("Too many tries; the password was not looked at.", origin);
            return new PasswordSignInResult.Wait(seconds);
        }

        await using var services = scopes.CreateAsyncScope();
        var users = services.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = await users.FindByNameAsync(email);
        var (checkedUser, hash) = user?.PasswordHash is { } own ? (user, own) : _nobody.Value;
        // The stand-in costs as much as a real check, so that the time of the answer tells nothing.
        var isRight =
            passwords.VerifyHashedPassword(checkedUser, hash, password) != PasswordVerificationResult.Failed
            && ReferenceEquals(checkedUser, user);
        if (!isRight || user is null)
        {
            delays.Failed(email, origin.Address);
            if (user is not null)
            {
                await CountFailureAsync(users, user, cancellationToken);
            }

            Record(user is null ? "No account with this email." : "Wrong password.", origin);
            return Next(email, origin.Address);
        }

        var session = await sessions.StartAsync(user.Id, origin, cancellationToken);
        if (session is null)
        {
            delays.Failed(email, origin.Address);
            Record("The account is blocked or inactive.", origin);
            return Next(email, origin.Address);
        }

        delays.Succeeded(email, origin.Address);
        return new PasswordSignInResult.SignedIn(session);
    }

    /// <summary>Counts a failed try on the account. Somebody may have changed the account since it was read: read it again, count again.</summary>
    internal async Task CountFailureAsync(UserManager<User> users, User user, CancellationToken cancellationToken)
    {
        var result = await users.AccessFailedAsync(user);
        while (!result.Succeeded)
        {
            if (result.Errors.Any(error => error.Code != nameof(IdentityErrorDescriber.ConcurrencyFailure)))
            {
                throw new InvalidOperationException($"A failed sign-in could not be counted: {result}");
            }

            cancellationToken.ThrowIfCancellationRequested();
            await using var services = scopes.CreateAsyncScope();
            var again = services.ServiceProvider.GetRequiredService<UserManager<User>>();
            if (await again.FindByIdAsync(user.Id.ToString()) is not { } current)
            {
                return;
            }

            result = await again.AccessFailedAsync(current);
        }
    }

    private PasswordSignInResult Next(string email, string? address) =>
        delays.SecondsToWait(email, address) is > 0 and var seconds
            ? new PasswordSignInResult.Wait(seconds)
            : new PasswordSignInResult.Wrong();

    private void Record(string detail, Origin origin) =>
        refusals.Record(
            new Refused(SecurityCause.SignInRefused, detail, origin.RequestId) { Address = origin.Address, UserAgent = origin.UserAgent }
        );
}
