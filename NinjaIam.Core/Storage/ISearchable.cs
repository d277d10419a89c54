namespace NinjaIam.Core.Storage;

/// <summary>A row that lists search by any part of its names. The key is kept up to date by every save.</summary>
public interface ISearchable
{
    /// <summary>Everything that a search should find the row by.</summary>
    string SearchText { get; }

    /// <summary><see cref="SearchText"/> folded by <see cref="TextKey"/>, as it is stored.</summary>
    string SearchKey { get; set; }
}
