namespace NinjaIam.Web.Components.Shared;

/// <summary>A menu whose entries close it before they work: a dialog that one opens stands alone.</summary>
internal interface IClosableMenu
{
    Task CloseAsync();
}
