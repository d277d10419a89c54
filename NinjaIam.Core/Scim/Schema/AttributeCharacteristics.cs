namespace NinjaIam.Core.Scim.Schema;

/// <summary>The data types of RFC 7643, section 2.3, as corrected by errata 5606 and 8435.</summary>
#pragma warning disable CA1720 // The members are the type names of the RFC.
public enum AttributeType
{
    String,
    Boolean,
    Decimal,
    Integer,
    DateTime,
    Binary,
    Reference,
    Complex,
}
#pragma warning restore CA1720 // As above.

/// <summary>Who may write an attribute, and when.</summary>
public enum Mutability
{
    ReadWrite,
    ReadOnly,
    Immutable,
    WriteOnly,
}

/// <summary>When an attribute is part of an answer.</summary>
public enum Returned
{
    Default,
    Always,
    Never,
    Request,
}

/// <summary>How far a value of an attribute has to be unique.</summary>
public enum Uniqueness
{
    None,
    Server,
    Global,
}

/// <summary>The spelling of the characteristics in <c>/Schemas</c>.</summary>
public static class CharacteristicTokens
{
    public static string ToToken(this AttributeType type) =>
        type switch
        {
            AttributeType.String => "string",
            AttributeType.Boolean => "boolean",
            AttributeType.Decimal => "decimal",
            AttributeType.Integer => "integer",
            AttributeType.DateTime => "dateTime",
            AttributeType.Binary => "binary",
            AttributeType.Reference => "reference",
            AttributeType.Complex => "complex",
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };

    public static string ToToken(this Mutability mutability) =>
        mutability switch
        {
            Mutability.ReadWrite => "readWrite",
            Mutability.ReadOnly => "readOnly",
            Mutability.Immutable => "immutable",
            Mutability.WriteOnly => "writeOnly",
            _ => throw new ArgumentOutOfRangeException(nameof(mutability)),
        };

    public static string ToToken(this Returned returned) =>
        returned switch
        {
            Returned.Default => "default",
            Returned.Always => "always",
            Returned.Never => "never",
            Returned.Request => "request",
            _ => throw new ArgumentOutOfRangeException(nameof(returned)),
        };

    public static string ToToken(this Uniqueness uniqueness) =>
        uniqueness switch
        {
            Uniqueness.None => "none",
            Uniqueness.Server => "server",
            Uniqueness.Global => "global",
            _ => throw new ArgumentOutOfRangeException(nameof(uniqueness)),
        };
}
