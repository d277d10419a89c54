using MudBlazor;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Tokens;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>
/// The short time in which a new token is on somebody's screen. The secret is held here and nowhere else, until the person says
/// that it is stored, discards it, or leaves.
/// </summary>
public sealed class TokenHandover(
    ProviderDetails provider,
    IssuedScimToken issued,
    ScimConnections connections,
    CurrentPerson person,
    IDialogService dialogs
)
{
    public ProviderDetails Provider => provider;

    /// <summary>Null once the handover has ended.</summary>
    public IssuedScimToken? Issued { get; private set; } = issued;

    public bool Stored { get; set; }

    /// <summary>How often Done was pressed before the box was ticked.</summary>
    public int EarlyPresses { get; private set; }

    public Refusal? Refusal { get; private set; }

    /// <summary>Forgets the secret. What was neither confirmed nor discarded stays on the widget as unconfirmed.</summary>
    public void Forget() => Issued = null;

    /// <summary>Answers whether it is done.</summary>
    public async Task<bool> ConfirmAsync()
    {
        if (!Stored)
        {
            EarlyPresses++;
            return false;
        }

        if (Issued is null)
        {
            return false;
        }

        var confirmed = await connections.ConfirmTokenAsync(
            provider.Id,
            Issued.PublicId,
            await person.OriginAsync(),
            CancellationToken.None
        );
        Refusal = RefusalOf(confirmed);
        return Ended(Refusal is null);
    }

    /// <summary>Asks once, revokes the token, and answers whether it was done.</summary>
    public async Task<bool> DiscardAsync()
    {
        if (Issued is not { PublicId: var publicId })
        {
            return true;
        }

        var answer = await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(ScimTexts.DiscardTitle, ScimTokenText.Shown(publicId)), ScimTexts.Discard)
            {
                Consequences = [ScimTexts.DiscardText],
                StepUp = true,
                BusyText = ScimTexts.Revoking,
                Act = async _ =>
                {
                    var revoked = await connections.RevokeTokenAsync(
                        provider.Id,
                        publicId,
                        await person.OriginAsync(),
                        CancellationToken.None
                    );
                    // Somebody else may have revoked it meanwhile; what was asked for holds either way.
                    return RefusalOf(revoked) is { Kind: not RefusalKind.NotFound } refusal ? refusal : null;
                },
            }
        );
        return Ended(answer is not null);
    }

    private static Refusal? RefusalOf(Outcome<Completed> outcome) => outcome.RefusalOrNull();

    private bool Ended(bool ended)
    {
        if (ended)
        {
            Forget();
        }

        return ended;
    }
}
