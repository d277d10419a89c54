namespace NinjaIam.Core.Outcomes;

/// <summary>What an operation answers that either worked or refused and has nothing more to tell.</summary>
public readonly record struct Completed;
