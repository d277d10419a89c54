using System.Collections.Frozen;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Tokens;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Activities;

/// <summary>Says every activity as a sentence: who did what, or what was refused and why. The text is plain: names in it mean nothing to HTML.</summary>
public static class ActivitySentences
{
    // Two tables, because a kind and a cause may be spelled alike: "token.revoked" is an act, and a reason to refuse.
    private static readonly FrozenDictionary<string, Func<Activity, string>> Changes = new Dictionary<string, Func<Activity, string>>
    {
        [JournalKind.UserCreated] = activity => Change(ActivityTexts.SentenceUserCreated, activity),
        [JournalKind.UserChanged] = activity => Change(ActivityTexts.SentenceUserChanged, activity),
        [JournalKind.UserActivated] = activity => Change(ActivityTexts.SentenceUserActivated, activity),
        [JournalKind.UserDeactivated] = activity => Change(ActivityTexts.SentenceUserDeactivated, activity),
        [JournalKind.UserDeleted] = activity => Change(ActivityTexts.SentenceUserDeleted, activity),
        [JournalKind.UserReturned] = activity => Change(ActivityTexts.SentenceUserReturned, activity),
        [JournalKind.UserBlocked] = activity => Change(ActivityTexts.SentenceUserBlocked, activity),
        [JournalKind.UserUnblocked] = activity => Change(ActivityTexts.SentenceUserUnblocked, activity),
        [JournalKind.UserConverted] = activity => Change(ActivityTexts.SentenceUserConverted, activity),
        [JournalKind.UserProjected] = activity => Change(ActivityTexts.SentenceUserProjected, activity),
        [JournalKind.UserAdopted] = activity => Change(ActivityTexts.SentenceUserAdopted, activity),
        [JournalKind.AdoptionAsked] = activity => Change(ActivityTexts.SentenceAdoptionAsked, activity),
        [JournalKind.AdoptionApproved] = activity => Change(ActivityTexts.SentenceAdoptionApproved, activity),
        [JournalKind.AdoptionDeclined] = activity => Change(ActivityTexts.SentenceAdoptionDeclined, activity),
        [JournalKind.DeactivationDismissed] = activity => Change(ActivityTexts.SentenceDeactivationDismissed, activity),
        [JournalKind.UserRemoved] = activity => Change(ActivityTexts.SentenceUserRemoved, activity),
        [JournalKind.UserRestored] = activity => Change(ActivityTexts.SentenceUserRestored, activity),
        [JournalKind.UserInvited] = activity => Change(ActivityTexts.SentenceUserInvited, activity),
        [JournalKind.InvitationAccepted] = activity => Wording.Fill(ActivityTexts.SentenceInvitationAccepted, Subject(activity)),
        [JournalKind.GroupCreated] = activity => Change(ActivityTexts.SentenceGroupCreated, activity),
        [JournalKind.GroupChanged] = activity => Change(ActivityTexts.SentenceGroupChanged, activity),
        [JournalKind.GroupMembersChanged] = Members,
        [JournalKind.GroupDeleted] = activity => Change(ActivityTexts.SentenceGroupDeleted, activity),
        [JournalKind.GroupReturned] = activity => Change(ActivityTexts.SentenceGroupReturned, activity),
        [JournalKind.ResourceCreated] = activity => ResourceChange(ActivityTexts.SentenceResourceCreated, activity),
        [JournalKind.ResourceChanged] = activity => ResourceChange(ActivityTexts.SentenceResourceChanged, activity),
        [JournalKind.ResourceDeleted] = activity => ResourceChange(ActivityTexts.SentenceResourceDeleted, activity),
        [JournalKind.ResourceReturned] = activity => ResourceChange(ActivityTexts.SentenceResourceReturned, activity),
        [JournalKind.DefinitionsChanged] = activity => Wording.Fill(ActivityTexts.SentenceDefinitionsChanged, Actor(activity)),
        [JournalKind.ProviderCreated] = activity => Change(ActivityTexts.SentenceProviderCreated, activity),
        [JournalKind.ProviderChanged] = activity => Change(ActivityTexts.SentenceProviderChanged, activity),
        [JournalKind.ProviderMetadataImported] = activity => Change(ActivityTexts.SentenceProviderMetadataImported, activity),
        [JournalKind.MetadataChangeFound] = activity => Change(ActivityTexts.SentenceMetadataChangeFound, activity),
        [JournalKind.MetadataChangeRefused] = activity => Change(ActivityTexts.SentenceMetadataChangeRefused, activity),
        [JournalKind.CertificateEnding] = activity => Change(ActivityTexts.SentenceCertificateEnding, activity),
        [JournalKind.CertificateEnded] = activity => Change(ActivityTexts.SentenceCertificateEnded, activity),
        [JournalKind.SingleSignOnTested] = activity => Change(ActivityTexts.SentenceSingleSignOnTested, activity),
        [JournalKind.SingleSignOnEnabled] = activity => Change(ActivityTexts.SentenceSingleSignOnEnabled, activity),
        [JournalKind.SingleSignOnDisabled] = activity => Change(ActivityTexts.SentenceSingleSignOnDisabled, activity),
        [JournalKind.ScimEnabled] = activity => Change(ActivityTexts.SentenceScimEnabled, activity),
        [JournalKind.ScimDisabled] = activity => Change(ActivityTexts.SentenceScimDisabled, activity),
        [JournalKind.ScimPaused] = activity => Change(ActivityTexts.SentenceScimPausedByHand, activity),
        [JournalKind.ScimResumed] = activity => Change(ActivityTexts.SentenceScimResumed, activity),
        [JournalKind.MassDepartureNoticed] = activity => Change(ActivityTexts.SentenceMassDepartureNoticed, activity),
        [JournalKind.MassDepartureApproved] = activity => Change(ActivityTexts.SentenceMassDepartureApproved, activity),
        [JournalKind.PreviewStarted] = activity => Change(ActivityTexts.SentencePreviewStarted, activity),
        [JournalKind.PreviewEnded] = activity => Change(ActivityTexts.SentencePreviewEnded, activity),
        [JournalKind.ProviderDisabled] = activity => Change(ActivityTexts.SentenceProviderDisabled, activity),
        [JournalKind.ProviderEnabled] = activity => Change(ActivityTexts.SentenceProviderEnabled, activity),
        [JournalKind.ProviderDeleted] = activity => Change(ActivityTexts.SentenceProviderDeleted, activity),
        [JournalKind.PeopleConverted] = activity => Change(ActivityTexts.SentencePeopleConverted, activity),
        [JournalKind.PeopleDeactivated] = activity => Change(ActivityTexts.SentencePeopleDeactivated, activity),
        [JournalKind.PeopleReactivated] = activity => Change(ActivityTexts.SentencePeopleReactivated, activity),
        [JournalKind.PeopleImported] = activity => Change(ActivityTexts.SentencePeopleImported, activity),
        [JournalKind.PeopleExported] = activity => Change(ActivityTexts.SentencePeopleExported, activity),
        [JournalKind.TokenCreated] = activity => TokenChange(ActivityTexts.SentenceTokenCreated, activity),
        [JournalKind.TokenConfirmed] = activity => TokenChange(ActivityTexts.SentenceTokenConfirmed, activity),
        [JournalKind.TokenChanged] = activity => TokenChange(ActivityTexts.SentenceTokenChanged, activity),
        [JournalKind.TokenRotated] = activity => TokenChange(ActivityTexts.SentenceTokenRotated, activity),
        [JournalKind.TokenRevoked] = activity => TokenChange(ActivityTexts.SentenceTokenRevokedByHand, activity),
        [JournalKind.TokenEnding] = activity => TokenChange(ActivityTexts.SentenceTokenEnding, activity),
        [JournalKind.TokenEnded] = activity => TokenChange(ActivityTexts.SentenceTokenEnded, activity),
        [JournalKind.OrganizationCreated] = activity => Change(ActivityTexts.SentenceOrganizationCreated, activity),
        [JournalKind.OrganizationChanged] = activity => Change(ActivityTexts.SentenceOrganizationChanged, activity),
        [JournalKind.OrganizationArchived] = activity => Change(ActivityTexts.SentenceOrganizationArchived, activity),
        [JournalKind.OrganizationRestored] = activity => Change(ActivityTexts.SentenceOrganizationRestored, activity),
        [JournalKind.RoleCreated] = activity => Change(ActivityTexts.SentenceRoleCreated, activity),
        [JournalKind.RoleChanged] = activity => Change(ActivityTexts.SentenceRoleChanged, activity),
        [JournalKind.RoleDeleted] = activity => Change(ActivityTexts.SentenceRoleDeleted, activity),
        [JournalKind.RoleGiven] = activity => Change(ActivityTexts.SentenceRoleGiven, activity),
        [JournalKind.RoleTaken] = activity => Change(ActivityTexts.SentenceRoleTaken, activity),
        [JournalKind.RoleMappingsChanged] = activity => Change(ActivityTexts.SentenceRoleMappingsChanged, activity),
        [JournalKind.AdministratorCreated] = activity => Change(ActivityTexts.SentenceAdministratorCreated, activity),
        [JournalKind.MailGivenUp] = activity => Change(ActivityTexts.SentenceMailGivenUp, activity),
        [JournalKind.AdministratorMade] = activity => Change(ActivityTexts.SentenceAdministratorMade, activity),
        [JournalKind.AdministratorUnmade] = activity => Change(ActivityTexts.SentenceAdministratorUnmade, activity),
        [JournalKind.SignedIn] = activity => Change(ActivityTexts.SentenceSignedIn, activity),
        [JournalKind.SignedOut] = activity => Change(ActivityTexts.SentenceSignedOut, activity),
        [JournalKind.SessionsEnded] = activity => Change(ActivityTexts.SentenceSessionsEnded, activity),
        [JournalKind.StepUpDone] = activity => Change(ActivityTexts.SentenceStepUpDone, activity),
        [JournalKind.PasswordLinkSent] = activity => Change(ActivityTexts.SentencePasswordLinkSent, activity),
        [JournalKind.PasswordChanged] = activity => Change(ActivityTexts.SentencePasswordChanged, activity),
        [JournalKind.SecondFactorSet] = activity => Change(ActivityTexts.SentenceSecondFactorSet, activity),
        [JournalKind.SecondFactorReset] = activity => Change(ActivityTexts.SentenceSecondFactorReset, activity),
        [JournalKind.RecoveryCodesReplaced] = activity => Change(ActivityTexts.SentenceRecoveryCodesReplaced, activity),
        [JournalKind.RecoveryCodeUsed] = activity => Change(ActivityTexts.SentenceRecoveryCodeUsed, activity),
        [JournalKind.PasskeyAdded] = activity => Change(ActivityTexts.SentencePasskeyAdded, activity),
        [JournalKind.PasskeyRemoved] = activity => Change(ActivityTexts.SentencePasskeyRemoved, activity),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Func<Activity, string>> Refusals = new Dictionary<string, Func<Activity, string>>
    {
        [SecurityCause.TokenMissing] = activity => TokenRefusal(ActivityTexts.SentenceTokenMissing, activity),
        [SecurityCause.TokenMalformed] = activity => TokenRefusal(ActivityTexts.SentenceTokenMalformed, activity),
        [SecurityCause.TokenUnknown] = activity => TokenRefusal(ActivityTexts.SentenceTokenUnknown, activity),
        [SecurityCause.TokenExpired] = activity => TokenRefusal(ActivityTexts.SentenceTokenExpired, activity),
        [SecurityCause.TokenRevoked] = activity => TokenRefusal(ActivityTexts.SentenceTokenRevoked, activity),
        [SecurityCause.TokenOfOtherProvider] = activity => TokenRefusal(ActivityTexts.SentenceTokenOfOtherProvider, activity),
        [SecurityCause.TokenNetwork] = activity => TokenRefusal(ActivityTexts.SentenceTokenNetwork, activity),
        [SecurityCause.TokenReadOnly] = activity => TokenRefusal(ActivityTexts.SentenceTokenReadOnly, activity),
        [SecurityCause.ScimDisabled] = activity => TokenRefusal(ActivityTexts.SentenceScimTurnedOff, activity),
        [SecurityCause.ScimPaused] = activity => TokenRefusal(ActivityTexts.SentenceScimPausedRequest, activity),
        [SecurityCause.ScimRefused] = activity =>
            Wording.Fill(
                ActivityTexts.SentenceScimRefused,
                activity.ProviderName is null ? Request(activity) : Actor(activity),
                Reason(activity)
            ),
        [SecurityCause.SignInRefused] = activity => Wording.Fill(ActivityTexts.SentenceSignInRefused, Reason(activity)),
        [SecurityCause.SingleSignOnRefused] = activity =>
            Wording.Fill(ActivityTexts.SentenceSingleSignOnRefused, activity.ProviderName ?? ActivityTexts.SomeProvider, Reason(activity)),
        [SecurityCause.StepUpRefused] = activity => Wording.Fill(ActivityTexts.SentenceStepUpRefused, Reason(activity)),
        [SecurityCause.SecondFactorRefused] = activity => Wording.Fill(ActivityTexts.SentenceSecondFactorRefused, Reason(activity)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The sentence. A kind or cause without words of its own, such as one of a later version, is named as it is stored.</summary>
    public static string Of(Activity activity) =>
        (activity.IsRefused ? Refusals : Changes).TryGetValue(activity.Kind, out var write) ? write(activity)
        : activity.IsRefused ? Wording.Fill(ActivityTexts.SentenceUnknownRefusal, Request(activity), activity.Kind)
        : Wording.Fill(ActivityTexts.SentenceUnknown, Actor(activity), Subject(activity), activity.Kind);

    /// <summary>What somebody can do about a refusal, or null when there is nothing to say.</summary>
    public static string? WhatToDo(Activity activity) =>
        activity.Kind switch
        {
            _ when !activity.IsRefused => null,
            SecurityCause.TokenMissing => ActivityTexts.AdviceTokenMissing,
            SecurityCause.TokenMalformed => ActivityTexts.AdviceTokenMalformed,
            SecurityCause.TokenUnknown => ActivityTexts.AdviceTokenUnknown,
            SecurityCause.TokenExpired => ActivityTexts.AdviceTokenExpired,
            SecurityCause.TokenRevoked => ActivityTexts.AdviceTokenRevoked,
            SecurityCause.TokenOfOtherProvider => ActivityTexts.AdviceTokenOfOtherProvider,
            SecurityCause.TokenNetwork => ActivityTexts.AdviceTokenNetwork,
            SecurityCause.TokenReadOnly => ActivityTexts.AdviceTokenReadOnly,
            SecurityCause.ScimDisabled => ActivityTexts.AdviceScimDisabled,
            SecurityCause.ScimPaused => ActivityTexts.AdviceScimPaused,
            SecurityCause.SignInRefused => ActivityTexts.AdviceSignInRefused,
            SecurityCause.SingleSignOnRefused => ActivityTexts.AdviceSingleSignOnRefused,
            SecurityCause.StepUpRefused => ActivityTexts.AdviceStepUpRefused,
            SecurityCause.SecondFactorRefused => ActivityTexts.AdviceSecondFactorRefused,
            SecurityCause.ScimRefused => activity.Status switch
            {
                StatusCodes.Status400BadRequest => ActivityTexts.AdviceScimRefused,
                StatusCodes.Status403Forbidden => ActivityTexts.AdviceScimRefusedForbidden,
                StatusCodes.Status404NotFound => ActivityTexts.AdviceScimRefusedNotFound,
                StatusCodes.Status409Conflict => ActivityTexts.AdviceScimRefusedTaken,
                StatusCodes.Status429TooManyRequests => ActivityTexts.AdviceScimRefusedPace,
                _ => null,
            },
            _ => null,
        };

    /// <summary>The short words at the end of a line: what kind of thing, how long the request took or its status, and how often.</summary>
    public static string Kind(Activity activity, RequestBrief? request)
    {
        var kind = KindWord(activity);
        if (activity.Status is { } status)
        {
            kind = Wording.Fill(ActivityTexts.KindWithStatus, kind, status);
        }
        else if (request is not null)
        {
            kind = Wording.Fill(ActivityTexts.KindWithDuration, kind, Wording.Duration(request.Duration));
        }

        return activity.Count > 1 ? Wording.Fill(ActivityTexts.KindWithTimes, kind, activity.Count) : kind;
    }

    public static Status Result(Activity activity, RequestBrief? request) =>
        activity.IsRefused ? Statuses.Activity.Refused
        : request is { IsRepaired: true } ? Statuses.Activity.Repaired
        : Statuses.Activity.Done;

    private static string KindWord(Activity activity) =>
        activity.ResourceType switch
        {
            // Definitions may call a type as they like.
            { } type when JournalKind.IsOfResource(activity.Kind) => type,
            "User" => ActivityTexts.KindUser,
            "Group" => ActivityTexts.KindGroup,
            "Provider" => ActivityTexts.KindProvider,
            "Token" => ActivityTexts.KindToken,
            "Organization" => ActivityTexts.KindOrganization,
            "Role" => ActivityTexts.KindRole,
            "Session" => ActivityTexts.KindSession,
            null when activity.Request?.Contains("/Users", StringComparison.OrdinalIgnoreCase) == true => ActivityTexts.KindUser,
            null when activity.Request?.Contains("/Groups", StringComparison.OrdinalIgnoreCase) == true => ActivityTexts.KindGroup,
            null
                when activity.Kind
                    is SecurityCause.SignInRefused
                        or SecurityCause.SingleSignOnRefused
                        or SecurityCause.StepUpRefused
                        or SecurityCause.SecondFactorRefused => ActivityTexts.KindSession,
            null when activity.IsRefused => ActivityTexts.KindRequest,
            _ => ActivityTexts.KindOther,
        };

    private static string Change(string sentence, Activity activity) => Wording.Fill(sentence, Actor(activity), Subject(activity));

    private static string ResourceChange(string sentence, Activity activity) =>
        Wording.Fill(sentence, Actor(activity), activity.ResourceType ?? ActivityTexts.KindOther, Subject(activity));

    private static string TokenChange(string sentence, Activity activity) =>
        Wording.Fill(
            sentence,
            Actor(activity),
            Subject(activity),
            activity.ResourceId is { } token ? ScimTokenText.Shown(token) : ActivityTexts.TokenUnknown
        );

    private static string TokenRefusal(string sentence, Activity activity) => Wording.Fill(sentence, Request(activity));

    private static string Members(Activity activity) =>
        (activity.Added, activity.Removed) switch
        {
            (0, 0) => Change(ActivityTexts.SentenceMembersChanged, activity),
            (> 0, 0) => Members(ActivityTexts.SentenceMembersAdded, activity, activity.Added),
            (0, > 0) => Members(ActivityTexts.SentenceMembersRemoved, activity, activity.Removed),
            var (added, removed) => Wording.Fill(
                ActivityTexts.SentenceMembersBoth,
                Actor(activity),
                Subject(activity),
                People(added),
                People(removed)
            ),
        };

    private static string Members(string sentence, Activity activity, int count) =>
        Wording.Fill(sentence, Actor(activity), Subject(activity), count == 1 && activity.Member is { } member ? member : People(count));

    private static string People(int count) => count == 1 ? ActivityTexts.PersonCount : Wording.Fill(ActivityTexts.PeopleCount, count);

    private static string Actor(Activity activity)
    {
        var name =
            activity.ActorName
            ?? activity.ProviderName
            ?? (activity is { ActorKind: ActorKind.System, IsRefused: false } ? ActivityTexts.ActorSystem : ActivityTexts.ActorUnknown);
        return activity.Token is { } token ? Wording.Fill(ActivityTexts.ActorWithToken, name, ScimTokenText.Shown(token)) : name;
    }

    private static string Subject(Activity activity) => activity.Subject ?? activity.ResourceId ?? ActivityTexts.SubjectUnknown;

    private static string Request(Activity activity) =>
        (activity.ProviderName, activity.Token) switch
        {
            (null, _) => ActivityTexts.RequestOfNobody,
            ({ } provider, null) => Wording.Fill(ActivityTexts.RequestOf, provider),
            ({ } provider, { } token) => Wording.Fill(ActivityTexts.RequestWithToken, provider, ScimTokenText.Shown(token)),
        };

    // The first sentence, with attributes by their own names: the whole reason stands in the activity's summary.
    private static string Reason(Activity activity)
    {
        var reason = (activity.Detail ?? activity.Kind)
            .Replace($"{SchemaUrns.NinjaOneUser}:", "", StringComparison.Ordinal)
            .Replace($"{SchemaUrns.EnterpriseUser}:", "", StringComparison.Ordinal);
        var end = reason.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? reason : reason[..end]).TrimEnd('.');
    }
}
