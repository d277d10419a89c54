namespace NinjaIam.Web.Components.Shared;

/// <summary>A state as people read it: a word, its meaning as a colour, and an icon. Take one from <see cref="Statuses"/>.</summary>
public sealed record Status(string Word, StatusRole Role, string Icon);
