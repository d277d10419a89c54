using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NinjaIam.Core.Outcomes;

namespace NinjaIam.Core.Tokens;

/// <summary>What a token may do. A change is answered with what it made, so nobody may write without reading.</summary>
public enum TokenScope
{
    /// <summary>Read, create, change and delete.</summary>
    ReadAndWrite,

    /// <summary>Read and search only.</summary>
    Read,
}

/// <summary>What a token may do, and from where.</summary>
/// <param name="Networks">Addresses it is accepted from; none means everywhere.</param>
public sealed record TokenAccess(TokenScope Scope, IReadOnlyList<IPNetwork> Networks)
{
    public const int MostNetworks = 50;

    private const char Separator = ' ';

    /// <summary>Read and write, from everywhere.</summary>
    public static readonly TokenAccess Everything = new(TokenScope.ReadAndWrite, []);

    /// <summary>The networks as they are stored and shown.</summary>
    public string NetworksText => string.Join(Separator, Networks);

    /// <summary>
    /// Reads networks such as <c>203.0.113.0/24</c> or <c>2001:db8::/32</c>, and single addresses. Refuses what is neither.
    /// </summary>
    public static Outcome<TokenAccess> Parse(TokenScope scope, IReadOnlyList<string> networks)
    {
        if (networks.Count > MostNetworks)
        {
            return Invalid($"At most {MostNetworks} networks can be named. Name larger ones.");
        }

        var read = new List<IPNetwork>(networks.Count);
        foreach (var text in networks)
        {
            if (!TryReadNetwork(text, out var network))
            {
                return Invalid($"\"{text}\" is not a network. Write it like 203.0.113.0/24 or 2001:db8::/32, or name one address.");
            }

            read.Add(network);
        }

        return new TokenAccess(scope, [.. read.Distinct()]);

        static Refusal Invalid(string detail) => new(RefusalKind.InvalidValue, detail, nameof(Networks));
    }

    /// <summary>Reads one network, or an address as the network of it alone.</summary>
    public static bool TryReadNetwork(string text, out IPNetwork network)
    {
        network = default;
        var parts = text.Split('/');
        if (parts.Length > 2 || AddressOf(parts[0]) is not { } address)
        {
            return false;
        }

        // A length behind an IPv4 address written as an IPv6 one would count other bits than it says.
        var longest = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (parts.Length == 2 && longest == 32 && parts[0].Contains(':', StringComparison.Ordinal))
        {
            return false;
        }

        var length = longest;
        if (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > longest))
        {
            return false;
        }

        network = new IPNetwork(address, length);
        return true;
    }

    /// <summary>Whether a request from this address is accepted. An address that is not known is in no network.</summary>
    public bool Allows(IPAddress? address)
    {
        if (Networks.Count == 0)
        {
            return true;
        }

        return address is not null && Networks.Any(network => network.Contains(Plain(address)));
    }

    internal static TokenAccess OfStored(TokenScope scope, string networks) =>
        new(scope, [.. networks.Split(Separator, StringSplitOptions.RemoveEmptyEntries).Select(text => IPNetwork.Parse(text))]);

    // Also accepted elsewhere: "203" for 0.0.0.203, and addresses that mean something on one machine only.
    private static IPAddress? AddressOf(string text) =>
        IPAddress.TryParse(text, out var address)
        && !text.Contains('%', StringComparison.Ordinal)
        && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text)
            ? Plain(address)
            : null;

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    // A list has no equality of its own.
    public bool Equals(TokenAccess? other) => other is not null && Scope == other.Scope && Networks.SequenceEqual(other.Networks);

    public override int GetHashCode() => HashCode.Combine(Scope, Networks.Count);
}
