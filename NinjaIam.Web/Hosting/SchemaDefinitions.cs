using NinjaIam.Core.Scim.Definitions;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Web.Hosting;

/// <summary>Reads the definition files of an installation: the schemas and resource types it has beside the built-in ones.</summary>
internal static class SchemaDefinitions
{
    private const int MostFiles = 100;

    /// <param name="directory">Full path; null where nothing is defined.</param>
    /// <param name="origin">The setting or option that names the directory.</param>
    /// <exception cref="InvalidSettingException">The files can't be read or are wrong; the message says where and what to do.</exception>
    public static SchemaRegistry Read(string? directory, string origin)
    {
        if (directory is null)
        {
            return SchemaRegistry.BuiltIn;
        }

        if (!Directory.Exists(directory))
        {
            throw new InvalidSettingException(
                $"There is no directory {directory}, which {origin} names. Create it, or leave {origin} out."
            );
        }

        if (DefinitionReader.TryRead(Sources(directory), out var registry, out var problems))
        {
            return registry;
        }

        throw new InvalidSettingException(
            $"The definitions in {directory} can't be used:{string.Concat(problems.Select(problem => $"{Environment.NewLine}  {problem}"))}"
        );
    }

    private static List<DefinitionSource> Sources(string directory)
    {
        try
        {
            var files = Directory.EnumerateFiles(directory, "*.json").Order(StringComparer.Ordinal).ToList();
            return files.Count <= MostFiles
                ? [.. files.Select(file => new DefinitionSource(Path.GetFileName(file), File.ReadAllBytes(file)))]
                : throw new InvalidSettingException($"{directory} holds {files.Count} definition files. Join them to at most {MostFiles}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidSettingException($"The definitions in {directory} can't be read: {exception.Message}");
        }
    }
}
