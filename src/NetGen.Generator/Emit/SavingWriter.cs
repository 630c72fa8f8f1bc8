namespace NetGen.Generator;

/// <summary>Writes Save and Load. What a file is like is the runtime's matter; here are the names, shapes and arrays.</summary>
internal sealed class SavingWriter(ClassPlan plan, CodeWriter writer) : MemberWriter(plan, writer)
{
    private const string State = "global::NetGen.CompilerServices.NetworkState";
    private const string Stream = "global::System.IO.Stream";

    private static readonly (string Name, string Text) Optimizers = ("withOptimizer", "Whether the file gets what the optimizer remembers too, so that training resumes to the same bits.");

    // Among the formulas are classes of their own, one for each length of vectors.
    private readonly string _self = plan.Model.Type.QualifiedReference;

    public void Write()
    {
        Save("void", "string path", "as a whole or not at all", "Where; a file that is there is replaced.", "The path is not one of a file.");
        Save("void", $"{Stream} destination", "to a stream, which is left open", "Where.", "The stream is null or cannot be written.");
        Save("int", "global::System.Span<byte> destination", "to memory", "At least GetSavedLength bytes.", "The span is too short.");
        GetSavedLength();
        Load("string path", "Where the file is.", "The path is not one of a file.");
        Load($"{Stream} source", "It is read to its end and left open.", "The stream is null or cannot be read.");
        Load("global::System.ReadOnlySpan<byte> source", "All bytes of the file, and nothing else.", "");
        Writer.Line();
        using (Writer.Braces($"private static partial class {GeneratedMembers.Formulas}"))
        {
            NewState();
            TakeState();
            GiveState();
        }
    }

    private void Save(string result, string parameter, string where, string text, string throws)
    {
        string name = parameter.Substring(parameter.LastIndexOf(' ') + 1);
        string returns = result == "void" ? "" : "How many bytes it took.";
        string leave = result == "void" ? "" : "return ";
        using (Member(
            $"public {result} Save({parameter})",
            $"Writes the parameters as a safetensors file, {where}. PyTorch reads it as the state_dict of the same nn.Sequential.",
            [(name, text)],
            returns,
            throws))
        {
            Writer.Line(Trains ? $"{leave}Save({name}, withOptimizer: false);" : $"{leave}{Taken("false")}.Save({name});");
        }

        if (!Trains)
        {
            return;
        }

        using (Member(
            $"public {result} Save({parameter}, bool withOptimizer)",
            $"Writes the parameters, and if asked what the optimizer remembers, as a safetensors file, {where}.",
            [(name, text), Optimizers],
            returns,
            throws))
        {
            Writer.Line($"{leave}{Taken("withOptimizer")}.Save({name});");
        }
    }

    private static string Taken(string withOptimizer) => $"{GeneratedMembers.Formulas}.TakeState(this, {withOptimizer})";

    private void GetSavedLength()
    {
        using (Member("public long GetSavedLength()", "How many bytes Save writes."))
        {
            Writer.Line(Trains ? "return GetSavedLength(withOptimizer: false);" : $"return {GeneratedMembers.Formulas}.NewState(false).FileLength;");
        }

        if (Trains)
        {
            using (Member("public long GetSavedLength(bool withOptimizer)", "How many bytes Save writes.", [Optimizers]))
            {
                Writer.Line($"return {GeneratedMembers.Formulas}.NewState(withOptimizer).FileLength;");
            }
        }
    }

    private void Load(string parameter, string text, string throws)
    {
        string name = parameter.Substring(parameter.LastIndexOf(' ') + 1);
        string forgets = (Trains ? " Gathered gradients and the last Forward are forgotten." : "")
            + (Remembers ? " The optimizer goes on from its state in the file, or starts afresh if there is none." : "");
        using (Member(
            $"public void Load({parameter})",
            "Reads what Save or PyTorch wrote: a safetensors file with these tensors, by name and shape, and no others." + forgets,
            [(name, text)],
            throws: throws,
            throwsOnBadFile: true))
        {
            Writer.Line($"{State} state = {GeneratedMembers.Formulas}.NewState(false);");
            Writer.Line($"state.Load({name});");
            Writer.Line($"{GeneratedMembers.Formulas}.GiveState(this, state);");
        }
    }

    private void NewState()
    {
        Writer.Line("// The parameters in logical order, and what the optimizer remembers, as files of weights call them.");
        using (Writer.Braces($"public static {State} NewState(bool withOptimizer)"))
        {
            Writer.Line($"{State} state = new {State}(ParameterCount, trains: {(Trains ? "true" : "false")});");
            foreach ((TensorPlan parameter, Node node) in Plan.Parameters.Zip(Plan.Network.Parameters, (p, n) => (p, n)))
            {
                string shape = string.Concat(Enumerable.Range(0, parameter.Shape.Rank).Select(axis => ", " + Literal.Of(parameter.Shape[axis])));
                Writer.Line($"state.Add({Literal.Of(((ParameterOp)node.Op).StateName)}{shape});");
            }

            if (Trains)
            {
                foreach (OptimizerSlot slot in Optimizer.Slots)
                {
                    Writer.Line($"state.AddSlot({Literal.Of(slot.StateName)});");
                }

                foreach (OptimizerPower power in Optimizer.Powers)
                {
                    Writer.Line($"state.AddPower({Literal.Of(power.StateName)});");
                }
            }

            Writer.Line("state.HasOptimizer = withOptimizer;");
            Writer.Line("return state;");
        }
    }

    private void TakeState()
    {
        Writer.Line();
        using (Writer.Braces($"public static {State} TakeState({_self} network, bool withOptimizer)"))
        {
            Writer.Line($"{State} state = NewState(withOptimizer);");
            Writer.Line("network.GetParameters(state.Parameters);");
            if (Remembers)
            {
                using (Writer.Braces("if (withOptimizer)"))
                {
                    Copy([.. Slots().Select(s => ($"Unpack({s.Array}, {s.InState});", $"new {ReadSpan}({s.Array}).CopyTo({s.InState});"))]);
                    foreach ((_, string inState) in Slots())
                    {
                        CanonicalNaNs(inState);
                    }

                    AfterVectors();
                    EachPower((power, inState) => Writer.Line($"{inState} = {power};"));
                }

                Writer.Line();
            }

            Writer.Line("return state;");
        }
    }

    private void GiveState()
    {
        Writer.Line();
        using (Writer.Braces($"public static void GiveState({_self} network, {State} state)"))
        {
            Writer.Line("network.SetParameters(state.Parameters);");
            if (Remembers)
            {
                using (Writer.Braces("if (state.HasOptimizer)"))
                {
                    Copy([.. Slots().Select(s => ($"Pack({s.InState}, {s.Array});", $"{s.InState}.CopyTo(new {WriteSpan}({s.Array}));"))]);
                    AfterVectors();
                    EachPower((power, inState) => Writer.Line($"{power} = {inState};"));
                }

                using (Writer.Braces("else"))
                {
                    Writer.Line("network.ResetOptimizer();");
                }

                Writer.Line();
            }

            if (Trains)
            {
                Writer.Line("network._samples = 0;");
            }
        }
    }

    private bool Remembers => Trains && Optimizer.Slots.Count + Optimizer.Powers.Count > 0;

    private IEnumerable<(string Array, string InState)> Slots() =>
        Optimizer.SlotNames.Select((slot, i) => ($"network.{Slot(slot)}", $"state.Slot({Literal.Of(i)})"));

    // A brace is followed by an empty line, or by another brace.
    private void AfterVectors()
    {
        if (Vectors is not null && Optimizer.Powers.Count > 0)
        {
            Writer.Line();
        }
    }

    private void EachPower(Action<string, string> write)
    {
        for (int i = 0; i < Optimizer.Powers.Count; i++)
        {
            string index = Literal.Of(i);
            write($"network._optimizerPowers[{index}]", $"state.Powers[{index}]");
        }
    }
}
