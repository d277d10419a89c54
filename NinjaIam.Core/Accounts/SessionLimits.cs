namespace NinjaIam.Core.Accounts;

/// <summary>How long somebody stays signed in (the product's rule 50).</summary>
public sealed class SessionLimits
{
    public const string Section = "SignIn";

    /// <summary>What is seen of a session is stored once a minute; an idle time near that would throw people out who work.</summary>
    public const int ShortestIdleMinutes = 5;

    /// <summary>Twelve hours, after which a session ends however busy it is.</summary>
    public const int LongestIdleMinutes = 720;

    /// <summary>How long a session may be idle before it ends, in minutes.</summary>
    public int IdleMinutes { get; set; } = 60;

    public TimeSpan Idle => TimeSpan.FromMinutes(IdleMinutes);
}
