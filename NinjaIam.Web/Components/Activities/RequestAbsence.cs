using NinjaIam.Core.Journal;
using NinjaIam.Core.Journal.Requests;

namespace NinjaIam.Web.Components.Activities;

/// <summary>Why the request log does not have the request of an activity.</summary>
public enum RequestAbsence
{
    /// <summary>It came a moment ago and is written with the next ones.</summary>
    NotYetWritten,

    /// <summary>It showed no live token, and such requests are never kept.</summary>
    WithoutLiveToken,

    /// <summary>It was refused before anybody looked at its token, for its method, address, media type or size.</summary>
    BeforeToken,

    /// <summary>It is older than the log keeps requests.</summary>
    TooOld,

    /// <summary>The log is switched off.</summary>
    LogOff,

    DiskFull,

    LogBroken,

    /// <summary>The log did not keep it: it was full, or off at that time.</summary>
    NotKept,
}

/// <summary>Which activities come from requests of identity providers, and why a request is not in the log.</summary>
public static class ActivityRequests
{
    /// <summary>Longer than the log ever waits to write.</summary>
    public static readonly TimeSpan Writing = TimeSpan.FromSeconds(10);

    /// <summary>Whether a request was behind it. The people of a demonstration come in the name of a provider and over no network.</summary>
    public static bool HasRequest(Activity activity) =>
        activity.IsRefused
            ? activity.Kind is not (SecurityCause.SignInRefused or SecurityCause.SingleSignOnRefused)
            : activity is { ActorKind: ActorKind.Provider, Address: not null };

    public static RequestAbsence WhyAbsent(Activity activity, RequestLog log, DateTimeOffset now) =>
        log.State switch
        {
            _ when activity.IsRefused && activity.Kind is not (SecurityCause.ScimRefused or SecurityCause.TokenReadOnly) =>
                RequestAbsence.WithoutLiveToken,
            _ when now - activity.At > TimeSpan.FromDays(log.DaysKept) => RequestAbsence.TooOld,
            _ when activity is { IsRefused: true, Token: null } => RequestAbsence.BeforeToken,
            RequestLogState.Off => RequestAbsence.LogOff,
            RequestLogState.DiskFull => RequestAbsence.DiskFull,
            RequestLogState.Broken => RequestAbsence.LogBroken,
            _ when now - activity.At <= Writing => RequestAbsence.NotYetWritten,
            _ => RequestAbsence.NotKept,
        };

    public static string Words(RequestAbsence absence, RequestLog log) =>
        absence switch
        {
            RequestAbsence.NotYetWritten => ActivityTexts.RequestNotYetWritten,
            RequestAbsence.WithoutLiveToken => ActivityTexts.RequestWithoutLiveToken,
            RequestAbsence.BeforeToken => ActivityTexts.RequestBeforeToken,
            RequestAbsence.TooOld => Shared.Wording.Fill(ActivityTexts.RequestTooOld, log.DaysKept),
            RequestAbsence.LogOff => ActivityTexts.RequestLogOff,
            RequestAbsence.DiskFull => ActivityTexts.RequestLogDiskFull,
            RequestAbsence.LogBroken => ActivityTexts.RequestLogBroken,
            _ => ActivityTexts.RequestNotKept,
        };
}
