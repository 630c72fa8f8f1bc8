namespace NetGen.Generator;

/// <summary>
/// What a network is compiled from: a front end of the compiler. It makes a graph; what is behind the graph does not know
/// which one it was. A part of the cache boundary: the rules of <see cref="NetworkModel"/> hold.
/// </summary>
internal abstract record FrontEnd
{
    /// <summary>The graph up to its output.</summary>
    /// <exception cref="FrontEndException">There is no graph to be made of it.</exception>
    public abstract ForwardGraph Build(CancellationToken cancellation);

    /// <summary>The network in a few words, for the head of the generated file: <c>784 → 128 → 10</c>.</summary>
    public abstract string Describe(NetworkGraph network);

    /// <summary>A file that the build embeds as a resource, and that may hold the numbers of the graph; null for none.</summary>
    public virtual EmbeddedFile? Embedded => null;
}

/// <param name="Resource">Its name in the user's assembly.</param>
/// <param name="Content">All of it.</param>
internal sealed record EmbeddedFile(string Resource, EquatableArray<byte> Content);

/// <summary>A source that cannot be compiled, for a reason that only shows when its graph is made. The message says why and where.</summary>
internal abstract class FrontEndException(string message) : Exception(message);
