using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Journal;

namespace NinjaIam.Core.Accounts.Factors;

/// <summary>What a sign-in with a password comes to. Whoever does not know the password learns nothing of the account from it.</summary>
public abstract record PasswordSignInResult
{
    private PasswordSignInResult() { }

    /// <summary>The password is right. The person may still be asked for more, or not be let in.</summary>
    public sealed record Right(SignInStep Next) : PasswordSignInResult;

    public sealed record Wrong : PasswordSignInResult;

    /// <param name="Seconds">Whole seconds until the next try is looked at.</param>
    public sealed record Wait(int Seconds) : PasswordSignInResult;
}

/// <summary>Checks email and password, with the same answers and the same work for known and unknown accounts.</summary>
public sealed class PasswordSignIn(
    IServiceScopeFactory scopes,
    IPasswordHasher<User> passwords,
    SignInDelays delays,
    SignInSteps steps,
    FailedSignIns failures,
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
        if (delays.Reserve(email, origin.Address) is > 0 and var seconds)
        {
            Record("Too many tries; the password was not looked at.", origin);
            return new PasswordSignInResult.Wait(seconds);
        }

        try
        {
            return await CheckAsync(email, password, origin, cancellationToken);
        }
        catch
        {
            // Given up by the visitor or broken off by a failure of ours: nobody was told whether the password is right.
            delays.TakeBack(email, origin.Address);
            throw;
        }
    }

    private async Task<PasswordSignInResult> CheckAsync(string email, string password, Origin origin, CancellationToken cancellationToken)
    {
        await using var services = scopes.CreateAsyncScope();
        var users = services.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = await users.FindByNameAsync(email);
        cancellationToken.ThrowIfCancellationRequested();
        var (checkedUser, hash) = user?.PasswordHash is { } own ? (user, own) : _nobody.Value;
        // The stand-in costs as much as a real check, so that the time of the answer tells nothing.
        var isRight =
            passwords.VerifyHashedPassword(checkedUser, hash, password) != PasswordVerificationResult.Failed
            && ReferenceEquals(checkedUser, user);
        if (!isRight || user is null)
        {
            if (user is not null)
            {
                failures.Count(user.Id);
            }

            Record(user is null ? "No account with this email." : "Wrong password.", origin);
            return Next(email, origin.Address);
        }

        var step = await steps.AfterFirstAsync(user.Id, FirstFactor.Password, origin, cancellationToken);
        if (step is SignInStep.NoAccess)
        {
            Record("The account is blocked or inactive.", origin);
            return Next(email, origin.Address) is PasswordSignInResult.Wait wait ? wait : new PasswordSignInResult.Right(step);
        }

        delays.Succeeded(email, origin.Address);
        failures.Succeeded(user.Id);
        return new PasswordSignInResult.Right(step);
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
