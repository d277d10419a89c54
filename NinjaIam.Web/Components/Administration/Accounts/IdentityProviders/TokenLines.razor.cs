using Microsoft.AspNetCore.Components;
using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>A provider's live tokens, at most two, with what can be done about each.</summary>
public sealed partial class TokenLines(ScimActions actions) : ComponentBase
{
    private readonly string _twoId = $"two-{Guid.NewGuid():N}";

    [Parameter, EditorRequired]
    public required ProviderDetails Provider { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    /// <summary>Told before another dialog opens, for an owner that is a dialog itself.</summary>
    [Parameter]
    public EventCallback BeforeDialog { get; set; }

    private bool HasTwo => Provider.LiveTokens.Count > 1;

    private string Rotation
    {
        get
        {
            var old = Provider.LiveTokens.FirstOrDefault(token => token.ReplacedBy is not null);
            var successor = Provider.LiveTokens.FirstOrDefault(token => token.PublicId == old?.ReplacedBy);
            return (old, successor) switch
            {
                ({ EndsAfterReplacementIsUsed: true }, not null) => ScimTexts.RotatingEnds,
                (not null, { LastUsedAt: not null }) => $"{ScimTexts.RotatingDone} {ScimTexts.TwoLive}",
                (not null, not null) => $"{ScimTexts.RotatingWaits} {ScimTexts.TwoLive}",
                _ => ScimTexts.TwoLive,
            };
        }
    }

    private static bool IsUnconfirmed(TokenView token) => !token.IsConfirmed && token.LastUsedAt is null;

    private async Task CreateAnotherAsync(TokenView token)
    {
        await BeforeDialog.InvokeAsync();
        await actions.CreateTokenAsync(Provider, token.PublicId);
        await OnChanged.InvokeAsync();
    }

    private async Task RotateAsync(TokenView token)
    {
        await BeforeDialog.InvokeAsync();
        await actions.RotateAsync(Provider, token);
        await OnChanged.InvokeAsync();
    }

    private async Task LimitAsync(TokenView token)
    {
        await BeforeDialog.InvokeAsync();
        await actions.LimitAsync(Provider, token);
        await OnChanged.InvokeAsync();
    }

    private async Task RevokeAsync(TokenView token)
    {
        await actions.RevokeAsync(Provider, token);
        await OnChanged.InvokeAsync();
    }
}
