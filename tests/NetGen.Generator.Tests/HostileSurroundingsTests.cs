using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

/// <summary>Generated code neither sees nor disturbs what the user's code has around it.</summary>
public class HostileSurroundingsTests
{
    // $NET stands for the attributes: all elementary functions, an optimizer with memory and powers.
    private const string Network = """
        [global::NetGen.Network(3, Loss = global::NetGen.Loss.BinaryCrossEntropy, Optimizer = global::NetGen.Optimizer.Adam)]
        [global::NetGen.Dense(4, global::NetGen.Activation.Gelu)] [global::NetGen.Dense(4, global::NetGen.Activation.Mish)]
        [global::NetGen.Dense(4, global::NetGen.Activation.Selu, Bias = false)] [global::NetGen.Dense(4, global::NetGen.Activation.Silu)]
        [global::NetGen.Dense(3, global::NetGen.Activation.Softmax)]
        """;

    private const string Small = """
        [global::NetGen.Network(3, Loss = global::NetGen.Loss.BinaryCrossEntropy, Optimizer = global::NetGen.Optimizer.Adam)]
        [global::NetGen.Dense(3, global::NetGen.Activation.Softmax)]
        """;

    public static TheoryData<string> Surroundings { get; } =
    [
        // Namespaces that hide the real ones.
        """
        namespace User.System { public class Array { } public class Math { } public struct Span<T> { } namespace Numerics { } }
        namespace User.NetGen { public class INetwork { } namespace CompilerServices { public class Check { } } }
        namespace User { $NET public partial class Net { } }
        """,

        // Classes that hide them.
        "namespace User { public class System { } public class NetGen { } public class global { } $NET public partial class Net { } }",

        // Types with the names of those that generated code uses.
        """
        namespace User
        {
            public class Math { } public class MathF { } public struct Span<T> { } public struct ReadOnlySpan<T> { } public class Array { }
            public struct Single { } public struct Double { } public struct Int32 { } public struct UInt64 { } public struct Boolean { }
            public class Object { } public class @float { } public class @int { } public class Check { } public class Bits { }
            public class InitialWeights { } public class INetwork { } public class IPredictor { } public class Memory<T> { }
            public class GeneratedCode { } public class GeneratedCodeAttribute { } public class MethodImpl { } public class Exp { }
            public class Tanh { } public class Sigmoid { } public class ForwardSample { } public class InputCount { } public class Vector { }
            $NET public partial class Net { }
        }
        """,

        // The same within the class.
        """
        namespace User
        {
            $NET public partial class Net
            {
                public class System { } public class NetGen { } public class Math { } public struct Span<T> { } public class Array { }
                public class Check { } public class Bits { } public class global { } public struct Single { }
            }
        }
        """,

        // Names that are keywords, or were to be in later versions.
        """
        namespace @namespace.@int { $NET public partial class @class { } }
        namespace @record.@await { public partial class @if { $NET public partial class @record { } } public partial struct @struct { $NET public partial class @void<@in, @out> { } } }
        namespace @global.@var { $NET public partial class @dynamic { } $NET public partial class @field { } $NET public partial class @required { } $NET public partial class @scoped { } $NET public partial class @nint { } }
        namespace Größe.名前 { $NET public partial class Übung { } }
        """,

        // What can enclose it.
        """
        namespace User
        {
            public static partial class A { public abstract partial class B { public readonly partial struct C { public ref partial struct D { public partial record E { public partial interface F { $NET public partial class Net { } } } } } } }
        }
        public partial class Net { $NET public partial class Inner { $NET public partial class Innermost { } } }
        """,

        // Modifiers.
        """
        namespace User
        {
            $NET internal partial class Internal { }
            $NET public sealed partial class Sealed { }
            $NET public abstract partial class Abstract { }
            public partial class Outer
            {
                $NET private partial class Private { }
                $NET protected partial class Protected { }
                $NET protected internal partial class ProtectedInternal { }
                $NET private protected sealed partial class PrivateProtected { }
                $NET partial class Default { }
                public class Math { } public class System { } private static int _parameters, Forward, InputCount;
            }
            public partial class Hides : Outer { $NET public new partial class Private { } }
        }
        """,

        // Records, which work as long as nobody copies one.
        """
        #pragma warning disable NG0023
        namespace User
        {
            $NET public partial record Plain;
            $NET public sealed partial record Sealed { }
            $NET public abstract partial record Abstract;
            $NET public partial record Positional(int Size, string Name) { public Positional Bigger => this with { Size = Size + 1 }; }
            public record Base(int Size);
            $NET public partial record Derived(int Size, float x) : Base(Size);
        }
        """,

        // Generic classes.
        """
        namespace User
        {
            $NET public partial class Net<T> { }
            $NET public partial class Net<TKey, System> where TKey : class, global::System.IDisposable, new() where System : struct { }
            $NET public partial class Net<x, y, W1, parameters> { }
            $NET public partial class Self<TSelf> where TSelf : Self<TSelf> { }
        }
        """,

        // Members with the names of generated locals and arguments, and overloads of generated methods.
        """
        namespace User
        {
            $NET public partial class Net
            {
                public const float x = 1, y = 2;
                public static int t, W1, b1, z1, a1, dz1, dW1, L, i, j, k, o, n, u;
                public string parameters = "", scratch = "", gradients = "", row = "", rows = "", sum = "", loss = "", scale = "", other = "";
                public event global::System.Action target, input, output, inputs, outputs, targets;
                public class source { } public struct destination { } public enum seed { learningRate } public delegate void weights();
                public int p => 1; public int g() => 2; public int m, v, stepSize, correction, beta1Power, outputGradient, inputGradient;
                public int this[int index] => index;
                public int Forward(int a) => a;
                public static void Step() { }
                public T SgdStep<T>(T rate) => rate;
                public float Share(bool deep) => deep ? 1 : 0;
                public string Exp(string text) => text;
                public static implicit operator float(Net net) => 1;
                public static implicit operator float[](Net net) => new float[1];
                public static Net operator +(Net a, Net b) => a;
                public override bool Equals(object obj) => false; public override int GetHashCode() => 1; public override string ToString() => "";
            }
        }
        """,

        // Calls of functions with the names of generated ones, which must stay the user's, and a type named var.
        """
        namespace User
        {
            using static global::System.Math;
            public class var { }
            $NET public partial class Net
            {
                public double Lift(double x) => Exp(x) + Tanh(x) + Log(1);
                private static double Sigmoid(double x) => 1 / (1 + Exp(-x));
                private static double Twice() => 2 * Sigmoid(1);
                public double Erf = Twice();
            }
        }
        """,

        // Where public signatures are held to the common language specification.
        """
        [assembly: global::System.CLSCompliant(true)]
        namespace User
        {
            $NET public partial class Net { }
        }
        """,

        // Constructors, bases, interfaces and user code that calls what is generated.
        """
        namespace User
        {
            using global::System;
            public abstract class Base : IDisposable
            {
                private int Step, Forward, _parameters; private static float Exp(float x) => x;
                public Base(int size) { Size = size + Step + Forward + _parameters + (int)Exp(1f); }
                public int Size { get; } public virtual void Dispose() { }
                protected int x, y, parameters, row; protected float SgdStep(double rate) => (float)rate; private protected class Hidden { }
            }
            public interface IForward { void Forward(ReadOnlySpan<float> input, Span<float> output); }
            $NET public sealed partial class Net : Base, IForward, global::NetGen.INetwork, IEquatable<Net>
            {
                public const int Twice = 2 * InputCount;
                private static readonly Net Shared = new Net(ParameterCount);
                static Net() { Shared.Initialize(1); }
                public Net(int size) : base(size) { Forward(new float[InputCount], new float[OutputCount]); }
                public Net(string name) : this(name.Length) { }
                public bool Equals(Net other) => ReferenceEquals(this, other);
                ~Net() { }
                public override void Dispose() { ClearGradients(); }
            }
            $NET public partial class Hidden { private Hidden() { } public static Hidden Make() => new Hidden(); }
        }
        """,

        // Attributes that make others warn.
        """
        namespace User
        {
            using global::System;
            $NET [Obsolete] public partial class Old { }
            $NET [Obsolete("gone", true)] public partial class Gone { }
            $NET [Serializable] public partial class Saved { }
            $NET [global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)] [global::System.Diagnostics.DebuggerDisplay("{x}")] public partial class Decorated { }
        }
        """,
    ];

    [Theory]
    [MemberData(nameof(Surroundings))]
    public void Old_consumers_get_no_diagnostic_from_generated_code(string source) => Check(source, new RunOptions
    {
        // An interface of .NET Standard 2.0 may hold no types.
        Framework = source.Contains("partial interface", StringComparison.Ordinal) ? ConsumerFramework.Net8 : ConsumerFramework.NetStandard20,
        LanguageVersion = LanguageVersion.CSharp9,
        Nullable = NullableContextOptions.Disable,
        Checked = true,
    });

    [Theory]
    [MemberData(nameof(Surroundings))]
    public void New_consumers_get_no_diagnostic_from_generated_code(string source) => Check(source, RunOptions.Default with
    {
        Nullable = NullableContextOptions.Annotations,
    });

    private static void Check(string source, RunOptions options)
    {
        // Records need it, and old frameworks lack it.
        const string Init = "namespace System.Runtime.CompilerServices { internal static class IsExternalInit { } }";
        GeneratorRun run = CompileHelper.Run(
            [("Source.cs", Declare(source)), ("Init.cs", options.Framework == ConsumerFramework.NetStandard20 ? Init : "")],
            options);

        Assert.Empty(run.DriverDiagnostics);
        Assert.Empty(run.AnalyzerDiagnostics);
        Assert.NotEmpty(run.Sources);
        Assert.Empty(run.CompilationDiagnostics.Where(d => d.Severity == DiagnosticSeverity.Error || d.Location.SourceTree is not { } tree || GeneratedMembers.IsOurs(tree)));
    }

    // In a full run every network has all functions and the first has vectors of every length; else the first alone has all
    // functions, with the shortest: the files for all lengths are alike, and so are the members of all networks.
    private static string Declare(string source)
    {
        string[] parts = source.Split("$NET");
        string some = Short(Network);
        return parts[0] + (TestSet.IsFull ? Network : some) + string.Join(TestSet.IsFull ? some : Short(Small), parts.Skip(1));
    }

    private static string Short(string network) => network.Replace("Network(3, ", "Network(3, Simd = global::NetGen.Simd.Vector128, ", StringComparison.Ordinal);
}
