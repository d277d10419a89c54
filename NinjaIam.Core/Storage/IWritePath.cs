namespace NinjaIam.Core.Storage;

/// <summary>
/// The only way anything is written. Operations run one at a time; what an operation reads inside its scope is current until it ends.
/// </summary>
public interface IWritePath
{
    /// <summary>
    /// Runs <paramref name="work"/> in a transaction of its own and answers after it is durable. Nothing remains when it throws or
    /// answers an <see cref="Outcomes.IMayRefuse"/> that is refused. Hash passwords, parse and call others before, not inside.
    /// </summary>
    /// <param name="cancellationToken">Withdraws an operation that has not started; one that has started is applied as a whole.</param>
    /// <exception cref="WriteQueueFullException">Too many operations are waiting.</exception>
    Task<T> RunAsync<T>(Func<WriteScope, Task<T>> work, CancellationToken cancellationToken);
}
