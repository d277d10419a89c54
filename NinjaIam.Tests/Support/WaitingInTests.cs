using System.Runtime.CompilerServices;
using Bunit;

namespace NinjaIam.Tests.Support;

/// <summary>
/// How long a test waits for a component before it gives up. It only guards against hanging: on a busy machine a second is not enough for
/// the renderer to have its turn.
/// </summary>
internal static class WaitingInTests
{
    [ModuleInitializer]
    internal static void Set()
    {
        BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30);
        // Tests that wait hold a thread of the pool each, which grows by one or two a second only.
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, 32), completions);
    }
}
