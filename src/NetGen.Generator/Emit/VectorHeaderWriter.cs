namespace NetGen.Generator;

/// <summary>Writes what was decided for processors with vectors, and why.</summary>
internal sealed class VectorHeaderWriter(ClassPlan plan, VectorPlan vectors, CodeWriter writer)
{
    public void Write()
    {
        VectorBody[] bodies = [.. vectors.Bodies.Where(b => b.Lanes > 1)];
        string widths = string.Join(", ", bodies.Select(b => Literal.Of(b.Lanes)));
        if (plan.HasScalarForm)
        {
            writer.Line($"What follows is the scalar form. A processor with vectors runs the same mathematics on {widths} floats at once, whichever is the most");
            writer.Line("that it has: in the files that are named after them. There a weight lies in the order in which it is read, padded with zeros.");
        }
        else
        {
            writer.Line("All platforms compute the same bits: every form adds up sums in the same order, and each operation rounds to a float.");
            writer.Line($"What follows is the form without vectors.{(bodies.Length > 0 ? $" A processor that has them runs it on {widths} floats at once, whichever is the most." : "")}");
            writer.Line("In all forms a weight lies in the order in which vectors read it, padded with zeros.");
        }

        writer.Line();
        writer.Line("| parameter | in memory | why | bytes |");
        writer.Line("|---|---|---|---|");
        foreach (TensorPlan parameter in vectors.Parameters)
        {
            WeightLayout? layout = vectors.LayoutOf(parameter.Name);
            writer.Line($"| {parameter.Name} {parameter.Shape} | {layout?.Form ?? "as it is"} | {layout?.Reason ?? "a vector"} | {Literal.Grouped(sizeof(float) * (long)parameter.Length)} |");
        }

        writer.Line();
        Fused(Fusion.Sweep, "Each weight is read and written once in", EntryPoints.Train);
        Fused(Fusion.EpilogueInRegisters, "Never stored, because only the next formula reads it", vectors.EntryPoints.First());
        string tiles = string.Join(", ", bodies.Select(b =>
            $"{Literal.Of(b.TileRows)} × {Literal.Of(b.TileVectors)} vectors of {Literal.Of(b.Lanes)}"));
        writer.Line($"- A batch goes through the network {Literal.Of(vectors.BatchRows)} rows at a time, so that what they compute stays in the cache");
        if (bodies.Length > 0)
        {
            writer.Line($"- Its products are computed in tiles that fit the registers: {tiles}");
        }

        foreach (WeightCopy copy in vectors.Copies)
        {
            writer.Line($"- {copy.Copy.Name} is {copy.Weight.Name} the other way round, copied once a batch: {copy.CopyLayout.Form}");
        }
    }

    private void Fused(Fusion fusion, string text, string entryPoint)
    {
        string[] targets =
        [
            .. plan.Vectors!.All(entryPoint).FirstOrDefault()?.Blocks.Select(b => b.Kernel).Where(k => k.Fusion == fusion)
                .Select(k => fusion == Fusion.Sweep ? k.Assignments[1].Target : k.Target) ?? [],
        ];
        if (targets.Length > 0)
        {
            writer.Line($"- {text}: {string.Join(", ", targets)}");
        }
    }
}
