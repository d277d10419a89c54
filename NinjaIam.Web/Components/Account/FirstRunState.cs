namespace NinjaIam.Web.Components.Account;

internal enum FirstRunState
{
    Open,
    Wrong,
    Expired,
    Used,
    AdministratorExists,
}
