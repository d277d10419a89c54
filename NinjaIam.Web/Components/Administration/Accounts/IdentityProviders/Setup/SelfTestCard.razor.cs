using Microsoft.AspNetCore.Components;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup;

/// <summary>Tries from here whether the base URL passes on what an identity provider sends.</summary>
public sealed partial class SelfTestCard(ScimSelfTest test, CurrentPerson person) : ComponentBase
{
    private readonly string _reasonId = $"self-test-{Guid.NewGuid():N}";
    private IReadOnlyList<SelfTestResult> _results = [];

    [Parameter, EditorRequired]
    public required ProviderDetails Provider { get; set; }

    private static string NameOf(SelfTestStep step) =>
        step switch
        {
            SelfTestStep.Reached => SetupTexts.TestReached,
            SelfTestStep.TokenHeader => SetupTexts.TestTokenHeader,
            SelfTestStep.Methods => SetupTexts.TestMethods,
            SelfTestStep.LongAddress => SetupTexts.TestLongAddress,
            _ => SetupTexts.TestLargeBody,
        };

    private async Task RunAsync()
    {
        _results = [];
        _results = await test.RunAsync(await person.ActorAsync(), Provider.Id, Provider.UniqueIdentifier, CancellationToken.None);
    }
}
