namespace NinjaIam.Core.Outcomes;

/// <summary>
/// The answer of an operation that may refuse for a reason its caller must handle.
/// Bugs and broken infrastructure throw instead.
/// </summary>
public abstract record Outcome<T> : IMayRefuse
{
    private Outcome() { }

    public abstract bool IsRefused { get; }

    /// <summary>Both branches are parameters, so a caller cannot forget one.</summary>
    public abstract TResult Match<TResult>(Func<T, TResult> done, Func<Refusal, TResult> refused);

    /// <summary>For callers that need nothing of what it answers.</summary>
    public Refusal? RefusalOrNull() => Match<Refusal?>(_ => null, refusal => refusal);

    public static implicit operator Outcome<T>(T value) => new Done(value);

    public static implicit operator Outcome<T>(Refusal refusal) => new Refused(refusal);

    private sealed record Done(T Value) : Outcome<T>
    {
        public override bool IsRefused => false;

        public override TResult Match<TResult>(Func<T, TResult> done, Func<Refusal, TResult> refused) => done(Value);
    }

    private sealed record Refused(Refusal Refusal) : Outcome<T>
    {
        public override bool IsRefused => true;

        public override TResult Match<TResult>(Func<T, TResult> done, Func<Refusal, TResult> refused) => refused(Refusal);
    }
}
