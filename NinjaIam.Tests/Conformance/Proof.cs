using System.Reflection;

namespace NinjaIam.Tests.Conformance;

/// <summary>A test and the obligations it proves.</summary>
internal sealed record Proof(MethodInfo Test, IReadOnlyList<string> Obligations)
{
    public static IReadOnlyList<Proof> All { get; } =
    [
        .. typeof(Proof)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<ProvesAttribute>() is not null)
            .Select(method => new Proof(method, method.GetCustomAttribute<ProvesAttribute>()!.Ids))
            .OrderBy(proof => proof.File, StringComparer.Ordinal)
            .ThenBy(proof => proof.Sentence, StringComparer.Ordinal),
    ];

    /// <summary>The name of the test as people read it.</summary>
    public string Sentence => Test.Name.Replace('_', ' ');

    /// <summary>Where the test stands, seen from the root of the repository.</summary>
    public string File =>
        Test.DeclaringType!.FullName!.Replace('.', '/').Replace("NinjaIam/Tests", "NinjaIam.Tests", StringComparison.Ordinal) + ".cs";
}
