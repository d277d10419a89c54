namespace NinjaIam.Core.Accounts;

public enum AccountKind
{
    EndUser = 0,
    Technician = 1,
    SystemAdministrator = 2,
}
