namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup;

/// <summary>What may stand under a step of a guide.</summary>
public enum GuideContent
{
    EntityId,
    ReplyUrl,
    BaseUrl,
    Token,
    Fixed,
    OpenOverview,
    OpenSingleSignOn,
    OpenMapping,
}
