namespace NinjaIam.Web.Hosting;

/// <summary>A setting the program cannot start with. The message is for whoever starts it and says what to enter instead.</summary>
public sealed class InvalidSettingException(string message) : Exception(message);
