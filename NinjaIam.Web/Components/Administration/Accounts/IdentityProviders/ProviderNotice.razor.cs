using Microsoft.AspNetCore.Components;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>The worst thing that is wrong with a provider, with its way out; nothing when nothing is.</summary>
public sealed partial class ProviderNotice(ScimActions actions, PersonClock clock) : ComponentBase
{
    [Parameter, EditorRequired]
    public required ProviderDetails Provider { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    private Trouble? Worst =>
        (Provider.Scim, Provider.SingleSignOn) switch
        {
            _ when Provider.DisabledAt is not null => new(StatusRole.Warning, ProviderPageTexts.NoticeDisabled) { LeadsToSettings = true },
            (ScimState.Preview, _) when Provider.PreviewSince is { } since => new(
                StatusRole.Info,
                Wording.Fill(PreviewTexts.Notice, Wording.Full(since, clock))
            )
            {
                EndsPreview = true,
            },
            (ScimState.Paused, _) when Provider.Pause is { } pause => new(
                StatusRole.Warning,
                pause.EndsAt is not { } end ? Wording.Fill(ScimTexts.PausedUntilEnded, pause.By)
                    : end > clock.Now ? Wording.Fill(ScimTexts.PausedUntil, Wording.Full(end, clock), pause.By)
                    : ScimTexts.PausedHeld
            )
            {
                EndsPause = true,
            },
            (ScimState.Expired, _) => new(StatusRole.Error, ProviderPageTexts.NoticeExpired) { CreatesToken = true },
            (ScimState.Revoked, _) => new(StatusRole.Error, ProviderPageTexts.NoticeRevoked) { CreatesToken = true },
            (_, SingleSignOnState.CertificateExpired) => new(StatusRole.Error, ProviderPageTexts.NoticeCertificateExpired)
            {
                LeadsToSingleSignOn = true,
            },
            _ when Provider.MetadataRefresh?.Waiting is { } waiting => new(
                StatusRole.Warning,
                Wording.Fill(ProviderPageTexts.NoticeMetadataWaiting, Wording.Near(waiting.Since, clock))
            )
            {
                LeadsToSingleSignOn = true,
            },
            (ScimState.ExpiringSoon, _) when Provider.LiveTokens.Count > 0 => new(
                StatusRole.Warning,
                Wording.Fill(ProviderPageTexts.NoticeExpiringAt, Wording.Near(Provider.LiveTokens.Max(token => token.ExpiresAt), clock))
            )
            {
                Rotates = Provider.LiveTokens.Count == 1 ? Provider.LiveTokens[0] : null,
            },
            (_, SingleSignOnState.CertificateExpiring) when Provider.Certificates.Count > 0 => new(
                StatusRole.Warning,
                Wording.Fill(
                    ProviderPageTexts.NoticeCertificateExpiring,
                    Wording.Near(Provider.Certificates.Max(certificate => certificate.NotAfter), clock)
                )
            )
            {
                LeadsToSingleSignOn = true,
            },
            _ when Provider.MetadataRefresh is { IsFailing: true } refresh => new(
                StatusRole.Warning,
                Wording.Fill(ProviderPageTexts.NoticeMetadataFailing, Wording.Near(refresh.SucceededAt ?? Provider.Saml!.ImportedAt, clock))
            )
            {
                LeadsToSingleSignOn = true,
            },
            _ => null,
        };

    private async Task CreateTokenAsync()
    {
        await actions.CreateTokenAsync(Provider);
        await OnChanged.InvokeAsync();
    }

    private async Task ResumeAsync()
    {
        await actions.ResumeAsync(Provider);
        await OnChanged.InvokeAsync();
    }

    private async Task EndPreviewAsync()
    {
        await actions.EndPreviewAsync(Provider);
        await OnChanged.InvokeAsync();
    }

    private async Task RotateAsync(TokenView token)
    {
        await actions.RotateAsync(Provider, token);
        await OnChanged.InvokeAsync();
    }

    private sealed record Trouble(StatusRole Role, string Text)
    {
        public bool CreatesToken { get; init; }

        public bool EndsPause { get; init; }

        public bool EndsPreview { get; init; }

        public bool LeadsToSettings { get; init; }

        public bool LeadsToSingleSignOn { get; init; }

        public TokenView? Rotates { get; init; }
    }
}
