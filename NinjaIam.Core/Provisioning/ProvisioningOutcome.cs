using System.Diagnostics.CodeAnalysis;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Scim.Messages;

namespace NinjaIam.Core.Provisioning;

/// <summary>
/// The answer of a write for a provisioning client: a value, or the SCIM error to send. A refused write leaves nothing behind, but for what
/// <see cref="RefusedAndNoted"/> says.
/// </summary>
public abstract record ProvisioningOutcome<T> : IMayRefuse
    where T : notnull
{
    private ProvisioningOutcome() { }

    public abstract bool IsRefused { get; }

    /// <summary>Both branches are parameters, so a caller cannot forget one.</summary>
    public abstract TResult Match<TResult>(Func<T, TResult> done, Func<ScimError, TResult> refused);

    /// <summary>For code that goes on step by step: true with the value, false with the refusal.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out ScimError? refusal)
    {
        (value, refusal) = Match<(T?, ScimError?)>(done => (done, null), error => (default, error));
        return refusal is null;
    }

    /// <summary>A refusal whose write keeps what was noted about it, and has written nothing else.</summary>
    internal static ProvisioningOutcome<T> RefusedAndNoted(ScimError error) => new Refused(error, KeepsNote: true);

    public static implicit operator ProvisioningOutcome<T>(T value) => new Done(value);

    public static implicit operator ProvisioningOutcome<T>(ScimError error) => new Refused(error);

    private sealed record Done(T Value) : ProvisioningOutcome<T>
    {
        public override bool IsRefused => false;

        public override TResult Match<TResult>(Func<T, TResult> done, Func<ScimError, TResult> refused) => done(Value);
    }

    private sealed record Refused(ScimError Error, bool KeepsNote = false) : ProvisioningOutcome<T>
    {
        public override bool IsRefused => !KeepsNote;

        public override TResult Match<TResult>(Func<T, TResult> done, Func<ScimError, TResult> refused) => refused(Error);
    }
}
