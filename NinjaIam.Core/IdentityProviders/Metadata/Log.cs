using System.Net;
using Microsoft.Extensions.Logging;

namespace NinjaIam.Core.IdentityProviders.Metadata;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Metadata import refused: {Host} leads to {Address}, which is not public")]
    public static partial void RefusedAddress(ILogger logger, string host, IPAddress address);
}
