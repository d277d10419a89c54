using Xunit;

namespace NinjaIam.Tests.Support;

/// <summary>A page of the documentation that is made of what it speaks of, and so never says anything else.</summary>
internal static class GeneratedDocument
{
    private const string Command = "NINJAIAM_DOCUMENTS=1 dotnet test -c Release --filter DocumentTests";

    /// <summary>Asserts that the committed page is the text. Where the command asks for it, writes the page first.</summary>
    /// <param name="path">Seen from the root of the repository.</param>
    public static void AssertIs(string path, string text)
    {
        var file = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable("NINJAIAM_DOCUMENTS") == "1")
        {
            File.WriteAllText(file, text);
        }

        var committed = File.Exists(file) ? File.ReadAllText(file) : "";
        Assert.True(text == committed, $"{path} is not what the tests make of it. Write it again: {Command}");
    }
}
