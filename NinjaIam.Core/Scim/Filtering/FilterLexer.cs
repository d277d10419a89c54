using System.Buffers;
using System.Text;
using System.Text.Json;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Filtering;

/// <summary>Cuts a filter into tokens. Quoted literals follow the rules of JSON strings.</summary>
internal static class FilterLexer
{
    private static readonly SearchValues<char> EndsOfWord = SearchValues.Create(" \t\r\n()[]\"");

    public static bool TryTokenize(string text, out List<FilterToken> tokens, out ScimError? error)
    {
        tokens = [];
        error = null;
        var index = 0;
        while (index < text.Length)
        {
            var position = index + 1;
            switch (text[index])
            {
                case ' ' or '\t' or '\r' or '\n':
                    index++;
                    break;
                case '(':
                    tokens.Add(new(FilterTokenKind.OpenParenthesis, "(", position));
                    index++;
                    break;
                case ')':
                    tokens.Add(new(FilterTokenKind.CloseParenthesis, ")", position));
                    index++;
                    break;
                case '[':
                    tokens.Add(new(FilterTokenKind.OpenBracket, "[", position));
                    index++;
                    break;
                case ']':
                    tokens.Add(new(FilterTokenKind.CloseBracket, "]", position));
                    index++;
                    break;
                case '"':
                    if (!TryReadLiteral(text, index, out var literal, out var length, out error))
                    {
                        return false;
                    }

                    tokens.Add(new(FilterTokenKind.Text, literal, position));
                    index += length;
                    break;
                default:
                    var rest = text.AsSpan(index);
                    var end = rest.IndexOfAny(EndsOfWord);
                    var word = end < 0 ? rest : rest[..end];
                    tokens.Add(new(FilterTokenKind.Word, word.ToString(), position));
                    index += word.Length;
                    break;
            }
        }

        tokens.Add(new(FilterTokenKind.End, "", text.Length + 1));
        return true;
    }

    private static bool TryReadLiteral(string text, int start, out string literal, out int length, out ScimError? error)
    {
        literal = "";
        length = 0;
        var end = start + 1;
        while (end < text.Length && text[end] != '"')
        {
            end += text[end] == '\\' ? 2 : 1;
        }

        if (end >= text.Length)
        {
            error = ScimError.InvalidFilter(
                $"The quotation mark at position {start + 1} of the filter is never closed. Add the closing one."
            );
            return false;
        }

        length = end - start + 1;
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text, start, length));
            reader.Read();
            literal = reader.GetString()!;
            error = TextFolding.IsUsable(literal)
                ? null
                : ScimError.InvalidFilter($"The value at position {start + 1} of the filter holds the character NUL or U+FFFE. Remove it.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            error = ScimError.InvalidFilter(
                $"The value at position {start + 1} of the filter is not a valid JSON string. Write a backslash as \\\\ and a quotation mark as \\\"."
            );
        }

        return error is null;
    }
}
