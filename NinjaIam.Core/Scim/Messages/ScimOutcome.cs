using System.Diagnostics.CodeAnalysis;

namespace NinjaIam.Core.Scim.Messages;

/// <summary>The answer of a protocol operation that may fail for a reason the provisioning client is told.</summary>
public abstract record ScimOutcome<T>
    where T : notnull
{
    private ScimOutcome() { }

    /// <summary>Both branches are parameters, so a caller cannot forget one.</summary>
    public abstract TResult Match<TResult>(Func<T, TResult> done, Func<ScimError, TResult> failed);

    /// <summary>For code that goes on step by step: true with the value, false with the failure.</summary>
    public abstract bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out ScimError? failure);

    public static implicit operator ScimOutcome<T>(T value) => new Done(value);

    public static implicit operator ScimOutcome<T>(ScimError error) => new Failed(error);

    private sealed record Done(T Value) : ScimOutcome<T>
    {
        public override TResult Match<TResult>(Func<T, TResult> done, Func<ScimError, TResult> failed) => done(Value);

        public override bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out ScimError? failure)
        {
            value = Value;
            failure = null;
            return true;
        }
    }

    private sealed record Failed(ScimError Error) : ScimOutcome<T>
    {
        public override TResult Match<TResult>(Func<T, TResult> done, Func<ScimError, TResult> failed) => failed(Error);

        public override bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out ScimError? failure)
        {
            value = default;
            failure = Error;
            return false;
        }
    }
}
