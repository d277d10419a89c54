using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Mail;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Administration.Settings;

/// <summary>Where mail goes out, whether it does, and a mail to oneself to try it. It is changed in the configuration only.</summary>
public sealed partial class MailSettings(MailOutbox outbox, AdministratorMail mail, CurrentPerson person) : ComponentBase
{
    private static readonly ChangeTopic[] Topics = [ChangeTopic.Mail];

    private MailSetup? _setup;
    private string? _sentTo;
    private Refusal? _refusal;

    private static string SecurityOf(MailSecurity security) =>
        security switch
        {
            MailSecurity.StartTls => SettingsTexts.MailStartTls,
            MailSecurity.Tls => SettingsTexts.MailTls,
            _ => SettingsTexts.MailNoSecurity,
        };

    private async Task LoadAsync() => _setup = await outbox.SetupAsync(await person.ActorAsync(), CancellationToken.None);

    private async Task SendTestAsync()
    {
        (_sentTo, _refusal) = (null, null);
        var sent = await mail.SendTestAsync(await person.ActorAsync(), CancellationToken.None);
        (_sentTo, _refusal) = sent.Match<(string?, Refusal?)>(address => (address, null), refusal => (null, refusal));
    }
}
