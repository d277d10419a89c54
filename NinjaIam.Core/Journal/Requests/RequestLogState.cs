namespace NinjaIam.Core.Journal.Requests;

/// <summary>Whether requests are being kept.</summary>
public enum RequestLogState
{
    Working,

    /// <summary>Switched off by a setting.</summary>
    Off,

    /// <summary>There is no room on the disk. Requests are answered as ever and are not kept.</summary>
    DiskFull,

    /// <summary>The file can't be read or written. Requests are answered as ever and are not kept.</summary>
    Broken,
}
