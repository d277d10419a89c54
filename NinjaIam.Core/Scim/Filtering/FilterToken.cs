namespace NinjaIam.Core.Scim.Filtering;

internal enum FilterTokenKind
{
    Word,
    Text,
    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    End,
}

/// <param name="Text">The decoded text of a literal, or the characters of anything else.</param>
/// <param name="Position">Counted from 1, as an administrator counts.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Position)
{
    public bool IsWord(string word) => Kind == FilterTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
