namespace NinjaIam.Tests.Reliability.Load;

/// <summary>One request that writes.</summary>
/// <param name="Status">Of the answer when it is done.</param>
/// <param name="Apply">What it makes of a state; the same one when it changes nothing.</param>
internal sealed record Write(HttpMethod Method, string Path, string? Json, int Status, Func<ClientState, ClientState> Apply);
