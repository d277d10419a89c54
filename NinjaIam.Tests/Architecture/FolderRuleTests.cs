using System.Text.RegularExpressions;
using NinjaIam.Core.Storage;
using Xunit;

namespace NinjaIam.Tests.Architecture;

/// <summary>A folder may use only the folders listed here, itself, and what lies below it. The list reads from the bottom up.</summary>
public sealed partial class FolderRuleTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["NinjaIam.Core"] = ["NinjaIam.Core"],
        ["NinjaIam.Core/Outcomes"] = [],
        ["NinjaIam.Core/Csv"] = ["NinjaIam.Core/Outcomes"],
        // The context names the entities of every feature; that is all it knows of them.
        ["NinjaIam.Core/Storage"] = ["NinjaIam.Core/Outcomes"],
        ["NinjaIam.Core/Scim/Schema"] = [],
        ["NinjaIam.Core/Scim/Dialects"] = [],
        ["NinjaIam.Core/Scim/Messages"] = ["NinjaIam.Core/Scim/Schema", "NinjaIam.Core/Scim/Dialects"],
        ["NinjaIam.Core/Scim/Bulk"] = ["NinjaIam.Core/Scim/Schema", "NinjaIam.Core/Scim/Messages"],
        ["NinjaIam.Core/Scim/Filtering"] = ["NinjaIam.Core/Scim/Schema", "NinjaIam.Core/Scim/Dialects", "NinjaIam.Core/Scim/Messages"],
        ["NinjaIam.Core/Scim/Resources"] =
        [
            "NinjaIam.Core/Scim/Schema",
            "NinjaIam.Core/Scim/Dialects",
            "NinjaIam.Core/Scim/Messages",
            "NinjaIam.Core/Scim/Filtering",
        ],
        ["NinjaIam.Core/Scim/Patching"] =
        [
            "NinjaIam.Core/Scim/Schema",
            "NinjaIam.Core/Scim/Dialects",
            "NinjaIam.Core/Scim/Messages",
            "NinjaIam.Core/Scim/Filtering",
            "NinjaIam.Core/Scim/Resources",
        ],
        ["NinjaIam.Core/Scim/Definitions"] = ["NinjaIam.Core/Scim/Schema", "NinjaIam.Core/Scim/Dialects", "NinjaIam.Core/Scim/Messages"],
        ["NinjaIam.Core/Journal"] = ["NinjaIam.Core/Outcomes", "NinjaIam.Core/Storage"],
        ["NinjaIam.Core/Mail"] = ["NinjaIam.Core/Outcomes", "NinjaIam.Core/Storage", "NinjaIam.Core/Journal"],
        ["NinjaIam.Core/Accounts"] = ["NinjaIam.Core/Outcomes", "NinjaIam.Core/Storage", "NinjaIam.Core/Journal", "NinjaIam.Core/Mail"],
        ["NinjaIam.Core/Accounts/Factors"] =
        [
            "NinjaIam.Core/Outcomes",
            "NinjaIam.Core/Storage",
            "NinjaIam.Core/Journal",
            "NinjaIam.Core/Accounts",
        ],
        ["NinjaIam.Core/Accounts/Passkeys"] =
        [
            "NinjaIam.Core/Outcomes",
            "NinjaIam.Core/Storage",
            "NinjaIam.Core/Journal",
            "NinjaIam.Core/Accounts",
            "NinjaIam.Core/Accounts/Factors",
            // The address that passkeys belong to.
            "NinjaIam.Core/IdentityProviders",
        ],
        ["NinjaIam.Core/Accounts/Roles"] =
        [
            "NinjaIam.Core/Outcomes",
            "NinjaIam.Core/Storage",
            "NinjaIam.Core/Journal",
            "NinjaIam.Core/Accounts",
            // The attributes whose values can stand for roles.
            "NinjaIam.Core/Scim/Schema",
        ],
        ["NinjaIam.Core/Tokens"] = ["NinjaIam.Core/Outcomes", "NinjaIam.Core/Storage", "NinjaIam.Core/Journal"],
        ["NinjaIam.Core/IdentityProviders"] =
        [
            "NinjaIam.Core/Outcomes",
            "NinjaIam.Core/Storage",
            "NinjaIam.Core/Journal",
            "NinjaIam.Core/Mail",
            "NinjaIam.Core/Accounts",
            "NinjaIam.Core/Tokens",
        ],
        ["NinjaIam.Core/Provisioning"] =
        [
            "NinjaIam.Core/Outcomes",
            "NinjaIam.Core/Csv",
            "NinjaIam.Core/Storage",
            "NinjaIam.Core/Scim",
            "NinjaIam.Core/Journal",
            "NinjaIam.Core/Mail",
            "NinjaIam.Core/Accounts",
            "NinjaIam.Core/Tokens",
            "NinjaIam.Core/IdentityProviders",
        ],
        ["NinjaIam.Core/Provisioning/Adoption"] =
        [
            "NinjaIam.Core/Outcomes",
            "NinjaIam.Core/Storage",
            "NinjaIam.Core/Scim",
            "NinjaIam.Core/Journal",
            "NinjaIam.Core/Accounts",
            "NinjaIam.Core/IdentityProviders",
            "NinjaIam.Core/Provisioning",
        ],
        ["NinjaIam.Core/Provisioning/Leaving"] =
        [
            "NinjaIam.Core/Outcomes",
            "NinjaIam.Core/Storage",
            "NinjaIam.Core/Scim",
            "NinjaIam.Core/Journal",
            "NinjaIam.Core/Accounts",
            "NinjaIam.Core/IdentityProviders",
            "NinjaIam.Core/Provisioning",
        ],
        ["NinjaIam.Core/Provisioning/Preview"] =
        [
            "NinjaIam.Core/Outcomes",
            "NinjaIam.Core/Storage",
            "NinjaIam.Core/Scim",
            "NinjaIam.Core/Journal",
            "NinjaIam.Core/Csv",
            "NinjaIam.Core/Accounts",
            "NinjaIam.Core/IdentityProviders",
            "NinjaIam.Core/Provisioning",
        ],
        // What people see and do by their roles; everything else about people is below.
        ["NinjaIam.Core/Permitted"] =
        [
            "NinjaIam.Core/Outcomes",
            "NinjaIam.Core/Storage",
            "NinjaIam.Core/Journal",
            "NinjaIam.Core/Accounts",
            "NinjaIam.Core/IdentityProviders",
            "NinjaIam.Core/Provisioning",
        ],
        ["NinjaIam.Core/ScimApi"] =
        [
            "NinjaIam.Core/Outcomes",
            "NinjaIam.Core/Scim",
            "NinjaIam.Core/Journal",
            "NinjaIam.Core/Tokens",
            "NinjaIam.Core/IdentityProviders",
            "NinjaIam.Core/Provisioning",
            "NinjaIam.Core/Storage",
        ],
        ["NinjaIam.Core/SingleSignOn"] =
        [
            "NinjaIam.Core/Outcomes",
            "NinjaIam.Core/Storage",
            "NinjaIam.Core/Journal",
            "NinjaIam.Core/Accounts",
            "NinjaIam.Core/IdentityProviders",
        ],
        // What looks after the database knows what stands in it and no protocol.
        ["NinjaIam.Core/Care"] =
        [
            "NinjaIam.Core/Storage",
            "NinjaIam.Core/Scim/Schema",
            "NinjaIam.Core/Journal",
            "NinjaIam.Core/Accounts",
            "NinjaIam.Core/Provisioning",
        ],
        // What starts and stops the program may know everything.
        ["NinjaIam.Web"] = ["NinjaIam.Core", "NinjaIam.Web"],
        ["NinjaIam.Web/Appearance"] = [],
        ["NinjaIam.Web/Accounts"] =
        [
            "NinjaIam.Core/Accounts",
            "NinjaIam.Core/Journal",
            "NinjaIam.Core/Outcomes",
            "NinjaIam.Core/SingleSignOn",
        ],
        ["NinjaIam.Web/Components"] =
        [
            "NinjaIam.Core/Outcomes",
            "NinjaIam.Core/Csv",
            "NinjaIam.Core/Accounts",
            "NinjaIam.Core/Accounts/Roles",
            "NinjaIam.Core/IdentityProviders",
            "NinjaIam.Core/Journal",
            "NinjaIam.Core/Mail",
            "NinjaIam.Core/Tokens",
            "NinjaIam.Core/Provisioning",
            "NinjaIam.Core/Permitted",
            "NinjaIam.Core/SingleSignOn",
            // The names of schemas and attributes, to show a stored document.
            "NinjaIam.Core/Scim/Schema",
            "NinjaIam.Web/Accounts",
            "NinjaIam.Web/Appearance",
            "NinjaIam.Web/Hosting",
        ],
    };

    public static TheoryData<string> Folders => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_what_it_may_use(string rule)
    {
        var offending = Sources()
            .Where(file => RuleOf(file.Folder) == rule)
            .SelectMany(file => file.Offending(line => UsedBy(line, file.Folder) is { } used && !MayUse(rule, used)));

        Assert.Empty(offending);
    }

    [Fact]
    public void Every_folder_has_a_rule()
    {
        var without = Sources()
            .Select(file => file.Folder)
            .Distinct()
            .Where(folder => RuleOf(folder) is "NinjaIam.Core" && folder != "NinjaIam.Core");

        Assert.Empty(without);
    }

    [Fact]
    public void Pages_reach_data_only_through_services()
    {
        var storage = typeof(IWritePath)
            .Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("NinjaIam.Core.Storage", StringComparison.Ordinal) == true && !type.IsNested)
            .Select(type => type.Name.Split('`')[0])
            .Append("IDbContextFactory")
            .Append("DbContext")
            .ToHashSet(StringComparer.Ordinal);

        var offending = Sources()
            .Where(file => IsIn(file.Folder, "NinjaIam.Web/Components") || IsIn(file.Folder, "NinjaIam.Web/Accounts"))
            .SelectMany(file =>
                file.Offending(line =>
                    !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
                    && Word().Matches(Literal().Replace(line, "")).Any(word => storage.Contains(word.Value))
                )
            );

        Assert.Empty(offending);
    }

    private static IEnumerable<SourceFile> Sources() =>
        SourceFile.Below("NinjaIam.Core", ".cs", ".razor").Concat(SourceFile.Below("NinjaIam.Web", ".cs", ".razor"));

    private static string? RuleOf(string folder) => Allowed.Keys.Where(rule => IsIn(folder, rule)).MaxBy(rule => rule.Length);

    private static bool MayUse(string rule, string used) => IsIn(used, rule) || Allowed[rule].Any(allowed => IsIn(used, allowed));

    /// <summary>The folder that a using line, or a name written out, refers to.</summary>
    private static string? UsedBy(string line, string folder)
    {
        if (line.TrimStart().StartsWith("namespace ", StringComparison.Ordinal) || line.Contains("///", StringComparison.Ordinal))
        {
            return null;
        }

        // The context names entities, which the rule for Storage allows in this one form.
        if (IsIn(folder, "NinjaIam.Core/Storage") && line.Contains("typeof(", StringComparison.Ordinal))
        {
            return null;
        }

        return ProjectNamespace().Match(line) is { Success: true } match ? "NinjaIam." + match.Groups[1].Value.Replace('.', '/') : null;
    }

    private static bool IsIn(string folder, string parent) => folder == parent || folder.StartsWith(parent + "/", StringComparison.Ordinal);

    [GeneratedRegex(@"\bNinjaIam\.((?:Core|Web)(?:\.\w+)+)")]
    private static partial Regex ProjectNamespace();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Literal();
}
