namespace NinjaIam.Core.Accounts.Factors;

/// <summary>Whether system administrators need a second factor.</summary>
public enum SecondFactorRule
{
    /// <summary>They set one up at their first sign-in, before anything else.</summary>
    Required,

    /// <summary>They may; whoever did is asked for it.</summary>
    Offered,
}

/// <summary>What the configuration says about signing in.</summary>
public sealed class SignInOptions
{
    public const string Section = "SignIn";

    public SecondFactorRule SecondFactor { get; set; }
}
