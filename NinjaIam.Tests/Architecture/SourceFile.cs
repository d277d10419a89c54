using NinjaIam.Tests.Support;

namespace NinjaIam.Tests.Architecture;

/// <summary>A file of the repository as people wrote it: nothing that is generated or downloaded.</summary>
internal sealed record SourceFile(string Path, string[] Lines)
{
    private static readonly string[] NotWritten = ["bin", "obj", ".git", ".vs", ".idea", "artifacts", "TestResults", "Migrations"];

    /// <summary>The folder, with slashes, as seen from the root of the repository.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    public string Text => string.Join('\n', Lines);

    /// <summary>Every file below the folder whose name ends in one of the endings.</summary>
    public static IEnumerable<SourceFile> Below(string folder, params string[] endings) =>
        Directory
            .EnumerateFiles(System.IO.Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)))
            .Where(path => !path.Split('/').Intersect(NotWritten).Any())
            .Select(path => new SourceFile(path, File.ReadAllLines(System.IO.Path.Combine(Repository.Root, path))));

    /// <summary>The lines that are wrong, as "file:line: text".</summary>
    public IEnumerable<string> Offending(Func<string, bool> isWrong) =>
        Lines
            .Select((line, index) => (line, index))
            .Where(pair => isWrong(pair.line))
            .Select(pair => $"{Path}:{pair.index + 1}: {pair.line.Trim()}");
}
