using Microsoft.AspNetCore.Components;
using NinjaIam.Core.SingleSignOn;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Account;

/// <summary>What a test of the connection found: every step that was checked, and everything that was received.</summary>
public sealed partial class ConnectionTestResult : ComponentBase
{
    private const int MostShown = 50;

    [Parameter, EditorRequired]
    public required ConnectionTest Test { get; set; }

    private string Summary =>
        Test.Refusal is null ? Wording.Fill(AccountTexts.TestPassed, Test.PersonName ?? Test.UserName ?? "")
        : Test.IsPassed ? AccountTexts.TestPassedNobody
        : AccountTexts.TestFailed;

    private IEnumerable<(SamlCheck Check, Status Status, string Words, string? Detail)> Steps =>
        Enum.GetValues<SamlCheck>()
            .TakeWhile(check => Test.Refusal is null || check <= Test.Refusal.Check)
            .Select(check =>
                check == Test.Refusal?.Check
                    ? (check, Statuses.SelfTest.Failed, WordsOf(check), Test.Refusal.Detail)
                    : (check, Statuses.SelfTest.Passed, WordsOf(check), (string?)null)
            );

    private static string WordsOf(SamlCheck check) =>
        check switch
        {
            SamlCheck.Readable => AccountTexts.TestReadable,
            SamlCheck.Shape => AccountTexts.TestShape,
            SamlCheck.Status => AccountTexts.TestStatus,
            SamlCheck.Signature => AccountTexts.TestSignature,
            SamlCheck.Issuer => AccountTexts.TestFrom,
            SamlCheck.Addressee => AccountTexts.TestAddressee,
            SamlCheck.Time => AccountTexts.TestTime,
            SamlCheck.Request => AccountTexts.TestRequest,
            SamlCheck.Unused => AccountTexts.TestUnused,
            _ => AccountTexts.TestPerson,
        };
}
