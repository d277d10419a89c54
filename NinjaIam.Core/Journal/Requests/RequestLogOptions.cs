namespace NinjaIam.Core.Journal.Requests;

/// <summary>Whether and how long the request log keeps what the endpoint was asked and answered.</summary>
public sealed class RequestLogOptions
{
    public const string Section = "RequestLog";

    public bool Enabled { get; set; } = true;

    /// <summary>Rows older than this many days are removed.</summary>
    public int Days { get; set; } = 30;

    /// <summary>When the file holds more than this many megabytes, its oldest rows are removed.</summary>
    public int Megabytes { get; set; } = 1024;
}
