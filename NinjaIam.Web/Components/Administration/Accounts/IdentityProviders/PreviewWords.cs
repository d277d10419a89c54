using NinjaIam.Core.Provisioning.Preview;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>What the results of a preview are called.</summary>
internal static class PreviewWords
{
    public static IReadOnlyList<Option> Choices { get; } =
    [.. Enum.GetValues<PreviewResult>().Select(result => new Option(result.ToString(), StatusOf(result).Word))];

    public static string Of(PreviewCount count) =>
        Wording.Fill(
            count.ResourceType switch
            {
                "User" => PreviewTexts.People,
                "Group" => PreviewTexts.Groups,
                _ => PreviewTexts.Others,
            },
            StatusOf(count.Result).Word,
            count.ResourceType
        );

    public static Status StatusOf(PreviewResult result) =>
        result switch
        {
            PreviewResult.New => Statuses.Preview.New,
            PreviewResult.Adopted => Statuses.Preview.Adopted,
            PreviewResult.Returns => Statuses.Preview.Returns,
            PreviewResult.Changes => Statuses.Preview.Changes,
            PreviewResult.Leaves => Statuses.Preview.Leaves,
            PreviewResult.Waits => Statuses.Preview.Waits,
            PreviewResult.Collides => Statuses.Preview.Collides,
            _ => Statuses.Preview.Refused,
        };
}
