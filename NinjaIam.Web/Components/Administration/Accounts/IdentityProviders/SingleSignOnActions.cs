using MudBlazor;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>What can be done about signing in by a provider, with its questions. Each act asks for a step-up and ends when its dialog is closed.</summary>
public sealed class SingleSignOnActions(
    IDialogService dialogs,
    SingleSignOnConnections connections,
    SignOnRules rules,
    PasswordResets resets,
    InvitationMail mail,
    CurrentPerson person
)
{
    private const string LeaveThem = "leave";
    private const string SendThem = "send";

    /// <summary>Asks, and lets people sign in by the provider. Without a test that passed it says what that means.</summary>
    public Task EnableAsync(ProviderDetails provider)
    {
        var isTested = provider.TestedAt is not null;
        return ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(
                Wording.Fill(SignOnTexts.EnableTitle, provider.DisplayName),
                isTested ? SignOnTexts.Enable : SignOnTexts.EnableUntested
            )
            {
                Consequences = isTested ? [SignOnTexts.EnableEffect] : [SignOnTexts.NotTested, SignOnTexts.EnableEffect],
                Dangerous = !isTested,
                StepUp = true,
                BusyText = SignOnTexts.Enabling,
                Act = async _ =>
                    RefusalOf(
                        await connections.EnableAsync(
                            provider.Id,
                            withoutTest: !isTested,
                            await person.OriginAsync(),
                            CancellationToken.None
                        )
                    ),
            }
        );
    }

    /// <summary>Asks, naming how many people would have no way in, and ends signing in by the provider.</summary>
    public async Task DisableAsync(ProviderDetails provider)
    {
        var stranded = await connections.WithoutOtherWayInAsync(await person.ActorAsync(), provider.Id, CancellationToken.None);
        await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(SignOnTexts.DisableTitle, provider.DisplayName), SignOnTexts.Disable)
            {
                Consequences =
                [
                    stranded switch
                    {
                        0 => SignOnTexts.StrandsNobody,
                        1 => SignOnTexts.StrandsOne,
                        _ => Wording.Fill(SignOnTexts.Strands, stranded),
                    },
                    .. stranded > 0 && !mail.IsSetUp ? (string[])[SignOnTexts.SendLinksNoMail] : [],
                    SignOnTexts.DisableUndo,
                ],
                ChoicesLabel = SignOnTexts.StrandedChoice,
                Choices =
                    stranded > 0 && mail.IsSetUp
                        ? [new Option(LeaveThem, SignOnTexts.StrandedNothing), new Option(SendThem, SignOnTexts.StrandedSend)]
                        : [],
                StepUp = true,
                BusyText = SignOnTexts.Disabling,
                Act = async choice =>
                {
                    var origin = await person.OriginAsync();
                    return RefusalOf(await connections.DisableAsync(provider.Id, origin, CancellationToken.None))
                        ?? (choice == SendThem ? await SendAsync(provider.Id, origin) : null);
                },
            }
        );
    }

    /// <summary>Whether links can be mailed at all.</summary>
    public bool SendsMail => mail.IsSetUp;

    /// <summary>Asks, naming how many, and mails links to choose a password to those whom the provider does not sign in any more.</summary>
    public async Task SendLinksAsync(ProviderDetails provider)
    {
        var stranded = await connections.WithoutOtherWayInAsync(await person.ActorAsync(), provider.Id, CancellationToken.None);
        await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(SignOnTexts.SendLinksTitle, provider.DisplayName), SignOnTexts.SendLinks)
            {
                Consequences =
                [
                    stranded switch
                    {
                        0 => SignOnTexts.SendLinksNobody,
                        1 => SignOnTexts.SendLinksEffectOne,
                        _ => Wording.Fill(SignOnTexts.SendLinksEffect, stranded),
                    },
                ],
                Dangerous = false,
                StepUp = true,
                BusyText = SignOnTexts.SendingLinks,
                Act = async _ => await SendAsync(provider.Id, await person.OriginAsync()),
            }
        );
    }

    /// <summary>Asks, and changes how people sign in by the provider. Answers whether it was done.</summary>
    public async Task<bool> ChangeAsync(ProviderDetails provider, SingleSignOnChoices choices)
    {
        var consequences = await ConsequencesAsync(provider.SignOnChoices, choices);
        return await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(SignOnTexts.ChangeTitle, provider.DisplayName), SignOnTexts.Change)
            {
                Consequences = consequences,
                Dangerous = false,
                StepUp = true,
                BusyText = SharedTexts.Saving,
                Act = async _ =>
                    RefusalOf(await connections.ChangeAsync(provider.Id, choices, await person.OriginAsync(), CancellationToken.None)),
            }
        )
            is not null;
    }

    private async Task<IReadOnlyList<string>> ConsequencesAsync(SingleSignOnChoices before, SingleSignOnChoices after)
    {
        List<string> consequences = [SignOnTexts.ChangeEffect];
        if (after.AllowsUnsolicited)
        {
            consequences.Add(SignOnTexts.UnsolicitedRisk);
        }

        if (after.RequiredFor.Except(before.RequiredFor, StringComparer.Ordinal).ToList() is { Count: > 0 } added)
        {
            consequences.Add(Wording.Fill(SignOnTexts.RequireEffect, string.Join(", ", added)));
            if (await rules.WaysBackInAsync(await person.ActorAsync(), CancellationToken.None) == 1)
            {
                consequences.Add(SignOnTexts.OneWayBackIn);
            }
        }

        if (after.SkipsSecondFactor && !before.SkipsSecondFactor)
        {
            consequences.Add(SignOnTexts.BypassEffect);
        }

        return consequences;
    }

    /// <summary>Says so where somebody could not be sent one, as the dialog would close without a word.</summary>
    private async Task<Refusal?> SendAsync(Guid providerId, NinjaIam.Core.Journal.Origin origin) =>
        (await resets.SendToStrandedAsync(providerId, origin, CancellationToken.None)).Match(
            sent =>
                sent.WithoutAddress == 0
                    ? null
                    : new Refusal(RefusalKind.InvalidValue, Wording.Fill(SignOnTexts.SendLinksPartly, sent.People, sent.WithoutAddress)),
            refusal => refusal
        );

    private static Refusal? RefusalOf(Outcome<Completed> outcome) => outcome.RefusalOrNull();
}
