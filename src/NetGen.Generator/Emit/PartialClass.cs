namespace NetGen.Generator;

/// <summary>Writes another part of the user's class, with the namespace and the types around it.</summary>
internal static class PartialClass
{
    /// <param name="bases">What follows the class's name, such as <c> : INetwork</c>; empty for nothing.</param>
    public static void Write(TypeModel type, string bases, CodeWriter writer, Action writeMembers)
    {
        var open = new Stack<CodeWriter.Block>();
        if (type.Namespace.Length > 0)
        {
            open.Push(writer.Braces($"namespace {type.Namespace}"));
        }

        foreach (TypeDeclaration container in type.Containers)
        {
            open.Push(writer.Braces($"partial {container.Keyword} {container.Reference}"));
        }

        open.Push(writer.Braces($"partial {type.Declaration.Keyword} {type.Declaration.Reference}{bases}"));
        writeMembers();
        while (open.Count > 0)
        {
            open.Pop().Dispose();
        }
    }
}
