namespace NetGen.Generator;

/// <summary>Compiles one class, whatever happens: what goes wrong in it costs no other.</summary>
internal static class ClassCompiler
{
    public static CompiledNetwork Compile(DeclaredNetwork declared, ConsumerModel consumer, StageTracker stages)
    {
        EquatableArray<GeneratedFile> files = [];
        if (declared.Network is { } network && (network.Simd ?? consumer.Simd) is not null)
        {
            try
            {
                files = NetworkCompiler.Compile(network, consumer, CostModel.Default, stages);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                declared = declared.Broken(stages.Describe(e));
            }
        }

        return new CompiledNetwork(declared.Outline.Type.FullName, files.Count > 0 ? files : [OutlineWriter.Write(declared.Outline)]);
    }
}
