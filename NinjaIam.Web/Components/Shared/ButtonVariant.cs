namespace NinjaIam.Web.Components.Shared;

/// <summary>One filled primary per page or dialog; red outlined opens a confirmation, red filled confirms it; text only in tables and notices.</summary>
public enum ButtonVariant
{
    Outlined,
    Primary,
    DangerOutlined,
    Danger,
    Text,
}
