namespace NinjaIam.Core.Storage;

/// <summary>
/// The only way anything is written. Operations run one at a time; what an operation reads inside its scope is current until it ends.
/// Those that wait share one transaction and become durable together, each behind a savepoint of its own.
/// </summary>
public interface IWritePath
{
    /// <summary>
    /// Runs <paramref name="work"/> and answers after it is durable. Nothing of it remains when it throws or answers an
    /// <see cref="Outcomes.IMayRefuse"/> that is refused. Hash passwords, parse and call others before, not inside.
    /// </summary>
    /// <param name="lane">
    /// Whose work it is: the id of an identity provider, or <see cref="Guid.Empty"/> for the portal. Lanes are served in turn, so that
    /// nobody waits behind all the work of somebody else.
    /// </param>
    /// <param name="cancellationToken">Withdraws an operation that has not started; one that has started is applied as a whole.</param>
    /// <exception cref="WriteQueueFullException">Too many operations of this lane are waiting.</exception>
    Task<T> RunAsync<T>(Guid lane, Func<WriteScope, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="work"/> in the portal's lane.</summary>
    Task<T> RunAsync<T>(Func<WriteScope, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(Guid.Empty, work, cancellationToken);
}
