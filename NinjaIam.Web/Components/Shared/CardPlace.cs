namespace NinjaIam.Web.Components.Shared;

/// <summary>Where a column's value goes when the list shows cards on a narrow screen.</summary>
public enum CardPlace
{
    None,
    Heading,
    Chip,

    /// <summary>At most two columns of a list.</summary>
    Fact,
}
