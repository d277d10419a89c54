using MudBlazor;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>What can be done about a provider's SCIM connection, with its questions and dialogs. Each act ends when its dialog is closed.</summary>
public sealed class ScimActions(IDialogService dialogs, ScimConnections connections, People people, CurrentPerson person)
{
    /// <summary>The SCIM dialog: the toggle, and the live tokens while it is on.</summary>
    public Task OpenAsync(ProviderDetails provider) => ScimDialog.ShowAsync(dialogs, provider, createsToken: false, instead: null);

    /// <summary>Creates a token and shows it once.</summary>
    /// <param name="instead">A token that was never confirmed and is revoked in the same step.</param>
    public Task CreateTokenAsync(ProviderDetails provider, string? instead = null) =>
        ScimDialog.ShowAsync(dialogs, provider, createsToken: true, instead);

    public Task RotateAsync(ProviderDetails provider, TokenView token) => RotateDialog.ShowAsync(dialogs, provider, token);

    /// <summary>Says what a token may do, and from where.</summary>
    public Task LimitAsync(ProviderDetails provider, TokenView token) => TokenAccessDialog.ShowAsync(dialogs, provider, token);

    /// <summary>Asks, and ends a token for good. The last live one asks for the provider's name.</summary>
    public Task RevokeAsync(ProviderDetails provider, TokenView token)
    {
        var isLast = provider.LiveTokens.All(other => other.PublicId == token.PublicId);
        return ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(ScimTexts.RevokeTitle, token.Shown), ScimTexts.RevokeConfirm)
            {
                Consequences =
                [
                    ScimTexts.RevokeText,
                    isLast ? Wording.Fill(ScimTexts.RevokeLast, provider.DisplayName) : ScimTexts.RevokeOther,
                ],
                TypedName = isLast ? provider.DisplayName : null,
                BusyText = ScimTexts.Revoking,
                Act = async _ =>
                    RefusalOf(
                        await connections.RevokeTokenAsync(provider.Id, token.PublicId, await person.OriginAsync(), CancellationToken.None)
                    ),
            }
        );
    }

    /// <summary>Asks, naming how many people it concerns, and disables SCIM. Answers whether it was done.</summary>
    public async Task<bool> DisableAsync(ProviderDetails provider)
    {
        var concerned = await people.CountAsync(
            await person.ActorAsync(),
            new PeopleFilter { ProviderId = provider.Id },
            CancellationToken.None
        );
        var answer = await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(ScimTexts.DisableTitle, provider.DisplayName), ScimTexts.DisableConfirm)
            {
                Consequences =
                [
                    Wording.Fill(
                        concerned switch
                        {
                            0 => ScimTexts.DisablePeopleNone,
                            1 => ScimTexts.DisablePeopleOne,
                            _ => ScimTexts.DisablePeople,
                        },
                        concerned,
                        provider.DisplayName
                    ),
                    .. provider.LiveTokens.Count switch
                    {
                        0 => Array.Empty<string>(),
                        1 => [ScimTexts.DisableTokensOne],
                        _ => [ScimTexts.DisableTokensTwo],
                    },
                ],
                BusyText = ScimTexts.Disabling,
                Act = async _ => RefusalOf(await connections.DisableAsync(provider.Id, await person.OriginAsync(), CancellationToken.None)),
            }
        );
        return answer is not null;
    }

    private static Refusal? RefusalOf(Outcome<Completed> outcome) => outcome.Match<Refusal?>(_ => null, refusal => refusal);
}
