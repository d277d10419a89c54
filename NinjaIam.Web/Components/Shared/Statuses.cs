using static MudBlazor.Icons.Material.Outlined;
using static NinjaIam.Web.Components.Shared.SharedTexts;

namespace NinjaIam.Web.Components.Shared;

/// <summary>Every status word of the portal. No page writes one itself.</summary>
public static class Statuses
{
    public static class Scim
    {
        public static Status NotEnabled { get; } = new(StatusNotEnabled, StatusRole.Neutral, RemoveCircleOutline);
        public static Status Paused { get; } = new(StatusPaused, StatusRole.Warning, PauseCircle);
        public static Status Preview { get; } = new(StatusPreview, StatusRole.Info, Visibility);
        public static Status WaitingForFirstRequest { get; } = new(StatusWaitingForFirstRequest, StatusRole.Info, HourglassEmpty);
        public static Status Active { get; } = new(StatusActive, StatusRole.Success, CheckCircle);
        public static Status ExpiringSoon { get; } = new(StatusExpiringSoon, StatusRole.Warning, Schedule);
        public static Status Expired { get; } = new(StatusExpired, StatusRole.Error, ErrorOutline);
        public static Status Revoked { get; } = new(StatusRevoked, StatusRole.Error, Block);
        public static Status Disabled { get; } = new(StatusDisabled, StatusRole.Neutral, PauseCircle);
    }

    public static class SingleSignOn
    {
        public static Status NotConfigured { get; } = new(StatusNotConfigured, StatusRole.Neutral, RemoveCircleOutline);
        public static Status Configured { get; } = new(StatusConfigured, StatusRole.Info, TaskAlt);
        public static Status Tested { get; } = new(StatusTested, StatusRole.Info, TaskAlt);
        public static Status Enabled { get; } = new(StatusEnabled, StatusRole.Success, CheckCircle);
        public static Status CertificateExpiring { get; } = new(StatusCertificateExpiring, StatusRole.Warning, Schedule);
        public static Status CertificateExpired { get; } = new(StatusCertificateExpired, StatusRole.Error, ErrorOutline);
        public static Status Disabled { get; } = new(StatusDisabled, StatusRole.Neutral, PauseCircle);
    }

    public static class Token
    {
        public static Status InUse { get; } = new(StatusInUse, StatusRole.Success, CheckCircle);
        public static Status NotUsedYet { get; } = new(StatusNotUsedYet, StatusRole.Info, HourglassEmpty);
        public static Status RotatingOut { get; } = new(StatusRotatingOut, StatusRole.Warning, Schedule);
        public static Status ExpiringSoon { get; } = new(StatusExpiringSoon, StatusRole.Warning, Schedule);
        public static Status Expired { get; } = new(StatusExpired, StatusRole.Neutral, ErrorOutline);
        public static Status Revoked { get; } = new(StatusRevoked, StatusRole.Neutral, Block);
    }

    public static class Person
    {
        public static Status Active { get; } = new(StatusActive, StatusRole.Success, CheckCircle);
        public static Status Inactive { get; } = new(StatusInactive, StatusRole.Neutral, PauseCircle);
        public static Status Blocked { get; } = new(StatusBlocked, StatusRole.Error, Block);
        public static Status Invited { get; } = new(StatusInvited, StatusRole.Info, MailOutline);
        public static Status InvitationExpired { get; } = new(StatusInvitationExpired, StatusRole.Warning, Schedule);
        public static Status NoRole { get; } = new(StatusNoRole, StatusRole.Warning, WarningAmber);
        public static Status ChangedHere { get; } = new(StatusChangedHere, StatusRole.Warning, WarningAmber);
    }

    public static class Mapping
    {
        public static Status Mapped { get; } = new(StatusMapped, StatusRole.Success, CheckCircle);
        public static Status NotMapped { get; } = new(StatusNotMapped, StatusRole.Warning, WarningAmber);
        public static Status Deleted { get; } = new(StatusGroupDeleted, StatusRole.Neutral, RemoveCircleOutline);
    }

    public static class Preview
    {
        public static Status New { get; } = new(StatusPreviewNew, StatusRole.Info, AddCircleOutline);
        public static Status Adopted { get; } = new(StatusPreviewAdopted, StatusRole.Info, Link);
        public static Status Returns { get; } = new(StatusPreviewReturns, StatusRole.Info, Replay);
        public static Status Changes { get; } = new(StatusPreviewChanges, StatusRole.Info, Edit);
        public static Status Leaves { get; } = new(StatusPreviewLeaves, StatusRole.Warning, PauseCircle);
        public static Status Waits { get; } = new(StatusPreviewWaits, StatusRole.Warning, HourglassEmpty);
        public static Status Collides { get; } = new(StatusPreviewCollides, StatusRole.Error, ErrorOutline);
        public static Status Refused { get; } = new(StatusRefused, StatusRole.Error, Block);
    }

    public static class SelfTest
    {
        public static Status Passed { get; } = new(StatusPassed, StatusRole.Success, CheckCircle);
        public static Status Failed { get; } = new(StatusNotPassed, StatusRole.Error, ErrorOutline);
    }

    public static class Session
    {
        public static Status This { get; } = new(StatusThisSession, StatusRole.Info, CheckCircle);
    }

    public static class Activity
    {
        public static Status Done { get; } = new(StatusDone, StatusRole.Success, CheckCircle);
        public static Status Refused { get; } = new(StatusRefused, StatusRole.Error, Block);
        public static Status Failed { get; } = new(StatusFailed, StatusRole.Error, ErrorOutline);
        public static Status Repaired { get; } = new(StatusRepaired, StatusRole.Info, Build);
    }
}
