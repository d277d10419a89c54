namespace NinjaIam.Core.Scim.Messages;

/// <summary>The detail error keywords of RFC 7644, table 9, and of RFC 9865.</summary>
public enum ScimErrorType
{
    InvalidFilter,
    TooMany,
    Uniqueness,
    Mutability,
    InvalidSyntax,
    InvalidPath,
    NoTarget,
    InvalidValue,
    InvalidVersion,
    Sensitive,
    InvalidCursor,
    ExpiredCursor,
    InvalidCount,
}

public static class ScimErrorTypeTokens
{
    public static string ToToken(this ScimErrorType type) =>
        type switch
        {
            ScimErrorType.InvalidFilter => "invalidFilter",
            ScimErrorType.TooMany => "tooMany",
            ScimErrorType.Uniqueness => "uniqueness",
            ScimErrorType.Mutability => "mutability",
            ScimErrorType.InvalidSyntax => "invalidSyntax",
            ScimErrorType.InvalidPath => "invalidPath",
            ScimErrorType.NoTarget => "noTarget",
            ScimErrorType.InvalidValue => "invalidValue",
            ScimErrorType.InvalidVersion => "invalidVers",
            ScimErrorType.Sensitive => "sensitive",
            ScimErrorType.InvalidCursor => "invalidCursor",
            ScimErrorType.ExpiredCursor => "expiredCursor",
            ScimErrorType.InvalidCount => "invalidCount",
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };
}
