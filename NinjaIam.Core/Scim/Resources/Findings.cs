using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>What came up while a body was read: repairs, and the first reason to refuse it.</summary>
internal sealed class Findings
{
    /// <summary>A body may hold any number of oddities; the log needs to show only so many of them.</summary>
    public const int MaxRepairs = 100;

    private const int MaxTargetLength = 200;

    private readonly List<Repair> _repairs = [];

    public IReadOnlyList<Repair> Repairs => _repairs;

    public ScimError? Error { get; private set; }

    public void Note(DialectRule rule, string target)
    {
        var repair = new Repair(rule, target.Length <= MaxTargetLength ? target : target[..MaxTargetLength] + "…");
        if (_repairs.Count < MaxRepairs && !_repairs.Contains(repair))
        {
            _repairs.Add(repair);
        }
    }

    /// <summary>The first refusal stands; reading goes on only to come to its end.</summary>
    public void Refuse(ScimError error) => Error ??= error;
}
