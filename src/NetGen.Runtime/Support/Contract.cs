using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// The version of what generated code finds in this library. Networks stay compiled for the version that they were compiled
/// for: a library that has all of it, and more, runs them. Not meant to be called by hand.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Contract
{
    // Raised with each line that is added to tests/NetGen.Runtime.Tests/contract.txt after a release.
    internal const int Version = 1;

    /// <summary>Throws where a network was compiled for a newer library than this one.</summary>
    /// <param name="version">What it was compiled for.</param>
    /// <returns>True.</returns>
    /// <exception cref="NotSupportedException">It was.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Requires(int version)
    {
        if (version > Version)
        {
            Throw(version);
        }

        return true;
    }

    private static void Throw(int version) => throw new NotSupportedException(
        $"Expected a network compiled for version {Version} of the contract with NetGen.Runtime or an older one, got one for version {version}: "
        + "a newer NetGen compiled it than the library that is loaded. Let the program use the same version of the package NetGen, or a newer one.");
}
