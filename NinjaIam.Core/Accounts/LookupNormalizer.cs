using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Identity;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

/// <summary>Gives Identity the same key for names and addresses that the rest of the product uses.</summary>
internal sealed class LookupNormalizer : ILookupNormalizer
{
    [return: NotNullIfNotNull(nameof(name))]
    public string? NormalizeName(string? name) => name is null ? null : TextKey.Of(name);

    [return: NotNullIfNotNull(nameof(email))]
    public string? NormalizeEmail(string? email) => email is null ? null : TextKey.Of(email);
}
