namespace NinjaIam.Core.Outcomes;

/// <summary>Lets the write path see, without knowing the answer's type, that an operation refused and must leave nothing behind.</summary>
public interface IMayRefuse
{
    bool IsRefused { get; }
}
