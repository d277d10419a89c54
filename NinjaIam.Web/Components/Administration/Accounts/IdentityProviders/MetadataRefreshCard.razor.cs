using MudBlazor;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.IdentityProviders.Metadata;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>
/// How reading the provider's metadata again goes, and what it says that is not saved yet; nothing where the metadata came from no address.
/// </summary>
public sealed partial class MetadataRefreshCard(
    MetadataRefreshes refreshes,
    IDialogService dialogs,
    CurrentPerson person,
    PersonClock clock
) : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private Refusal? _refusal;
    private string? _said;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private async Task CheckAsync()
    {
        (_said, _refusal) = (null, null);
        try
        {
            var outcome = await refreshes.CheckAsync(Provider.Id, await person.OriginAsync(), _leaving.Token);
            (_said, _refusal) = outcome.Match<(string?, Refusal?)>(check => (Said(check), null), refusal => (null, refusal));
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page was left; nobody waits for the answer.
            return;
        }

        await OnChanged.InvokeAsync();
    }

    private Task AcceptAsync(WaitingMetadata waiting) =>
        DecideAsync(
            new Confirmation(Wording.Fill(MetadataTexts.AcceptTitle, Provider.DisplayName), MetadataTexts.Accept)
            {
                Consequences = [MetadataTexts.AcceptEffect, MetadataTexts.AcceptTest],
                StepUp = true,
                Act = async _ =>
                    (
                        await refreshes.AcceptAsync(Provider.Id, waiting.Digest, await person.OriginAsync(), CancellationToken.None)
                    ).RefusalOrNull(),
            }
        );

    private Task RefuseAsync(WaitingMetadata waiting) =>
        DecideAsync(
            new Confirmation(Wording.Fill(MetadataTexts.RefuseTitle, Provider.DisplayName), MetadataTexts.Refuse)
            {
                Consequences = [MetadataTexts.RefuseEffect],
                Act = async _ =>
                    (
                        await refreshes.RefuseAsync(Provider.Id, waiting.Digest, await person.OriginAsync(), CancellationToken.None)
                    ).RefusalOrNull(),
            }
        );

    private async Task DecideAsync(Confirmation confirmation)
    {
        (_said, _refusal) = (null, null);
        await ConfirmDialog.AskAsync(dialogs, confirmation with { Dangerous = false, BusyText = SharedTexts.Saving });
        await OnChanged.InvokeAsync();
    }

    /// <summary>Every certificate of before and after, with what becomes of it.</summary>
    private IEnumerable<(string Change, CertificateLine Certificate)> Certificates(ImportedMetadata waiting)
    {
        var (before, after) = (CertificateLine.Of(Provider.Certificates), CertificateLine.Of(waiting));
        var kept = before.Select(certificate => certificate.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var coming = after.Select(certificate => certificate.Fingerprint).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. after.Select(certificate => (kept.Contains(certificate.Fingerprint) ? MetadataTexts.Stays : MetadataTexts.New, certificate)),
            .. before
                .Where(certificate => !coming.Contains(certificate.Fingerprint))
                .Select(certificate => (MetadataTexts.Goes, certificate)),
        ];
    }

    private static string Said(MetadataCheck check) =>
        check switch
        {
            MetadataCheck.Waiting => MetadataTexts.Changed,
            MetadataCheck.RefusedBefore => MetadataTexts.RefusedBefore,
            _ => MetadataTexts.Unchanged,
        };

    private static string Then(string before, string after) => before == after ? before : Wording.Fill(MetadataTexts.Then, before, after);

    private static string Requests(SignInBinding binding, bool areSigned) =>
        $"{(binding == SignInBinding.HttpPost ? "HTTP-POST" : "HTTP-Redirect")}, {(areSigned ? MetadataTexts.SignedRequestsYes : MetadataTexts.SignedRequestsNo)}";
}
