namespace NetGen.Generator;

/// <summary>Writes the elementary functions that a network calls.</summary>
internal static class FunctionsWriter
{
    public static void Write(IReadOnlyList<string> names, MathMode mode, CSharpText csharp, CodeWriter writer)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (i > 0)
            {
                writer.Line();
            }

            FunctionRow row = Functions.Get(names[i], mode);
            writer.Line($"// {row.Summary}");
            writer.Line($"// Off by at most {Literal.Digits((float)row.MaxUlps)} units in the last place{Range(row)}.");
            using (writer.Braces($"private static float {row.Name}(float x)"))
            {
                foreach (FunctionStep step in row.Steps)
                {
                    Write(step, csharp, writer);
                }

                writer.Line($"return {csharp.Print(AtX(row.Result))};");
            }
        }
    }

    private static string Range(FunctionRow row)
    {
        bool hasLow = row.Low > -float.MaxValue;
        bool hasHigh = row.High < float.MaxValue;
        return hasLow && hasHigh ? $" from {Literal.Digits(row.Low)} to {Literal.Digits(row.High)}"
            : hasLow ? $" from {Literal.Digits(row.Low)} on"
            : hasHigh ? $" up to {Literal.Digits(row.High)}"
            : "";
    }

    private static void Write(FunctionStep step, CSharpText csharp, CodeWriter writer)
    {
        string line = $"float {step.Name} = {csharp.Print(AtX(step.Value))};";
        if (step.Comment.Length == 0)
        {
            writer.Line(line);
        }
        else if (line.Length + step.Comment.Length < CSharpText.LongestLine)
        {
            writer.Line($"{line} // {step.Comment}");
        }
        else
        {
            writer.Line($"// {step.Comment}");
            writer.Line(line);
        }
    }

    private static Expr AtX(Expr value) => value.Apply([new Expr.Local("x")]);
}
