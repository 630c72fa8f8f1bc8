using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

/// <summary>One declaration that must give one diagnostic, at the place in [|…|].</summary>
internal sealed record DiagnosticCase(string Id, string Markup, string Message)
{
    public LanguageVersion LanguageVersion { get; init; } = LanguageVersion.Latest;

    /// <summary>The name of an assembly that the project lacks; null for none.</summary>
    public string? Without { get; init; }

    /// <summary>What processor the project is compiled for.</summary>
    public Platform Platform { get; init; } = Platform.AnyCpu;

    /// <summary>The project's NetGenSimd; null for none.</summary>
    public string? Simd { get; init; }

    /// <summary>The start of the names of files that are generated nevertheless, for another network; null for none.</summary>
    public string? Other { get; init; }

    /// <summary>Whether planning throws, as it would by a fault of the compiler.</summary>
    public bool Throws { get; init; }

    /// <summary>The project it is in. What is said of a network does not depend on vectors; without them less is generated and compiled.</summary>
    public RunOptions Project => RunOptions.Default with
    {
        Framework = ConsumerFramework.NetStandard20,
        LanguageVersion = LanguageVersion,
        Without = Without,
        Platform = Platform,
        Files = ModelFiles.All,
        Entered = (_, stage) => Throw(Throws && stage == nameof(Stage.Plan)),
        Properties = Simd is null ? new Dictionary<string, string>() : new() { ["NetGenSimd"] = Simd },
    };

    public static DiagnosticCase[] All { get; } =
    [
        new("NG0001", "[Network(2)] [Dense(1)] class [|Net|] { }", "'Net' must be partial"),
        new("NG0002", "class [|Outer|] { [Network(2)] [Dense(1)] partial class Net { } }", "'Outer' contains the network 'Net'"),
        new("NG0002", "struct [|A|] { partial class B { [Network(2)] [Dense(1)] partial class Net { } } }", "'A' contains"),
        new("NG0003", "partial class [|Outer|]<T> { [Network(2)] [Dense(1)] partial class Net { } }", "nested in the generic type 'Outer'"),
        new("NG0004", "[Network(2)] [Dense(1)] static partial class [|Net|] { }", "'Net' is a static class"),
        new("NG0004", "[Network(2)] [Dense(1)] partial struct [|Net|] { }", "'Net' is a struct"),
        new("NG0004", "[Network(2)] [Dense(1)] partial record struct [|Net|];", "'Net' is a record struct"),
        new("NG0004", "[Network(2)] [Dense(1)] partial interface [|Net|] { }", "'Net' is an interface"),
        new("NG0004", "[Network(2)] [Dense(1)] enum [|Net|] { }", "'Net' is an enum"),
        new("NG0004", "[Network(2)] [Dense(1)] delegate void [|Net|]();", "'Net' is a delegate"),
        new("NG0005", "[Network(2)] [Dense(1)] [|file|] partial class Net { }", "'Net' is local to its file"),
        new("NG0005", "[|file|] partial class Outer { [Network(2)] [Dense(1)] partial class Net { } }", "'Outer' is local to its file"),
        new("NG0006", "[[|Network(2)|]] partial class Net { }", "'Net' has no layers"),
        new("NG0007", "[[|Dense(2)|]] [Dense(1)] partial class Net { }", "'Net' has layers but no [Network]"),
        new("NG0008", "[Network(2)] [Dense(2)] partial class Net { } [[|Dense(1)|]] partial class Net { }", "The layers of 'Net'"),
        new("NG0009", "[Network([|0|])] [Dense(1)] partial class Net { }", "at least 1, but is 0"),
        new("NG0009", "[Network(inputs: [|-2147483648|])] [Dense(1)] partial class Net { }", "but is -2147483648"),
        new("NG0010", "[Network(2)] [Dense([|1 - 2|])] partial class Net { }", "at least 1, but is -1"),
        new("NG0010", "[Network(2)] [Dense(activation: Activation.Tanh, units: [|0|])] partial class Net { }", "but is 0"),
        new("NG0011", "[Network(2)] [Dense(1, [|(Activation)99|])] partial class Net { }", "Activation has no member with the value 99; use one of Linear, Sigmoid"),
        new("NG0011", "[Network(2, Loss = [|(Loss)(-1)|])] [Dense(1)] partial class Net { }", "Loss has no member with the value -1"),
        new("NG0011", "[Network(2, Optimizer = [|(Optimizer)99|])] [Dense(1)] partial class Net { }", "Optimizer has no"),
        new("NG0011", "[Network(2, Unroll = [|(Unroll)3|])] [Dense(1)] partial class Net { }", "use one of Auto, Full, Loops"),
        new("NG0011", "[Network(2)] [Dense(1, Initializer = [|(Initializer)99|])] partial class Net { }", "Initializer has no"),
        new("NG0012", "[Network(2)] [Dense(1)] [Dense([|int.MaxValue|])] partial class Net { }", "4,294,967,297 parameters, and 268,435,456"),
        new("NG0012", "[Network(int.MaxValue)] [Dense([|int.MaxValue|])] [Dense(int.MaxValue)] partial class Net { }", "'Net' has 4,"),
        new("NG0012", "[Network(16_384)] [Dense(16_384, Bias = false)] [Dense([|1|])] partial class Net { }", "268,451,841 parameters, and 268,435,456"),
        new("NG0012", "[Network(1)] [Dense((1 << 24) - 1, Activation.Tanh, Bias = false)] [Dense(1, Bias = false)] [Dense([|1|])] partial class Net { }", "16,777,217 units in all layers, and 16,777,216"),
        new("NG0013", "[Network(2)] [Dense(1)] partial class Net { int [|OutputCount|]; }", "'OutputCount' collides with 'OutputCount'"),
        new("NG0013", "[Network(2)] [Dense(1)] partial class Net { int [|Forward|] { get; } }", "'Forward' collides with 'Forward(ReadOnlySpan<float>, Span<float>)'"),
        new("NG0013", "[Network(2)] [Dense(1)] partial class Net { class [|Share|] { } }", "'Share'"),
        new("NG0013", "[Network(2)] [Dense(1)] partial class Net { void [|InputCount|]() { } }", "'InputCount'"),
        new("NG0013", "[Network(2)] [Dense(1)] partial class Net { int [|SgdStep|](float rate) => 0; }", "'SgdStep(float)'"),
        new("NG0013", "[Network(2)] [Dense(1)] partial class Net { int INetwork.[|SgdStep|](float rate) => 0; }", "'SgdStep(float)'"),
        new("NG0013", "[Network(2)] [Dense(1)] partial class [|Step|] { }", "'Step' collides"),
        new("NG0013", "[Network(2)] [Dense(1)] partial class Net<[|Backward|]> { }", "'Backward' collides"),
        new("NG0013", "[Network(2)] [Dense(1)] partial class Net { float[] [|_parameters|] = { }; }", "'_parameters' collides with '_parameters'"),
        new("NG0013", "[Network(2, Optimizer = Optimizer.Adam)] [Dense(1)] partial class Net { void [|_optimizerPowers|]() { } }", "'_optimizerPowers'"),
        new("NG0013", "[Network(2)] [Dense(1)] partial class Net { void [|Formulas|](string any) { } }", "collides with 'Formulas', which is generated for the network 'Net'"),
        new("NG0013", "[Network(2)] [Dense(1)] partial class Net { class [|DrawParameters|] { } }", "'DrawParameters'"),
        new("NG0013", "[Network(2)] [Dense(1)] partial class Net { enum [|Formulas|] { } }", "collides with 'Formulas'"),
        new("NG0013", "[Network(2)] [Dense(1)] partial class Net<[|Formulas|]> { }", "collides with 'Formulas'"),
        new("NG0014", "[[|Network(2)|]] [Dense(1)] partial class Net { }", "C# 9 or later, but this project is compiled as C# 8.0") { LanguageVersion = LanguageVersion.CSharp8 },
        new("NG0014", "[[|Network(2)|]] [Dense(1)] partial class Net { }", "as C# 7.3") { LanguageVersion = LanguageVersion.CSharp7_3 },
        new("NG0015", "[Network(2, Loss = Loss.CategoricalCrossEntropy)] [Dense(2, [|Activation.Softmax|])] [Dense(2, Activation.Softmax)] partial class Net { }", "such as Relu"),
        new("NG0016", "[[|Network(2)|]] [Dense(2, Activation.Softmax)] partial class Net { }", "MeanSquaredError is a loss for regression"),
        new("NG0016", "[Network(2, Loss = [|Loss.Huber|])] [Dense(2, Activation.Softmax)] partial class Net { }", "set Loss = Loss.CategoricalCrossEntropy"),
        new("NG0017", "[Network(2, Loss = [|Loss.BinaryCrossEntropy|])] [Dense(2, Activation.Tanh)] partial class Net { }", "needs outputs strictly between 0 and 1, but the last layer's activation is Tanh; use Sigmoid"),
        new("NG0017", "[Network(2, Loss = [|Loss.BinaryCrossEntropy|])] [Dense(2, Activation.HardSigmoid)] partial class Net { }", "strictly between 0 and 1, but the last layer's activation is HardSigmoid"),
        new("NG0018", "[Network(2, Loss = [|Loss.CategoricalCrossEntropy|])] [Dense(2, Activation.Sigmoid)] partial class Net { }", "activation is Sigmoid; use Softmax"),
        new("NG0019", "[Network(2, Loss = Loss.CategoricalCrossEntropy)] [Dense(1, [|Activation.Softmax|])] partial class Net { }", "use Sigmoid"),
        new("NG0020", "[Network(2)] [Dense(1)] partial class Base { } [Network(2)] [Dense(1)] partial class [|Net|] : Base { }", "'Net' derives from the network 'Base'") { Other = "Base" },
        new("NG0020", "[OnnxNetwork(\"policy.onnx\")] partial class Base { } [Network(2)] [Dense(1)] partial class [|Net|] : Base { }", "'Net' derives from the network 'Base'") { Other = "Base" },
        new("NG0020", "[Network(2)] [Dense(1)] partial class Base<T> { } class Middle : Base<int> { int InputCount; } [Network(2)] [Dense(1)] partial class [|Net|] : Middle { }", "keep a 'Base' in a field of 'Net'") { Other = "Base" },
        new("NG0021", "class Base { protected int InputCount() => 2; } [Network(2)] [Dense(1)] partial class [|Net|] : Base { }", "'Net' inherits 'InputCount' from 'Base' and would hide it with the generated 'InputCount'"),
        new("NG0021", "abstract class Base<T> { internal abstract void Step(T rate); } class Middle : Base<float> { internal override void Step(float rate) { } } [Network(2)] [Dense(1)] partial class [|Net|] : Middle { }", "inherits 'Step' from 'Middle' and would hide it with the generated 'Step(float)'"),
        new("NG0021", "class Base { public struct Share { } } [Network(2)] [Dense(1)] partial class [|Net|] : Base { }", "generated 'Share()'"),
        new("NG0021", "partial class Base { private int Step; [Network(2)] [Dense(1)] partial class [|Net|] : Base { } }", "inherits 'Step' from 'Base'"),
        new("NG0021", "class Base { protected class Formulas { } } [Network(2, Training = false)] [Dense(2)] partial class [|Net|] : Base { }", "generated 'Formulas'"),
        new("NG0022", "[Network(4)] [Dense(8)] partial class Encoder { } [Network([|Encoder.OutputCount|])] [Dense(2)] partial class Decoder { }", "Nothing is generated for 'Decoder'") { Other = "Encoder" },
        new("NG0022", "[Network(4)] [Dense(8)] partial class Encoder { } [Network(4)] [Dense(activation: Activation.Relu, units: [|2 * Encoder.InputCount|])] [Dense(2)] partial class Net { }", "'Net', because this argument comes from generated code") { Other = "Encoder" },
        new("NG0022", "[Network(4)] [Dense(8)] partial class Encoder { } static class Sizes { const int Own = 3; public const int Code = Own + Encoder.OutputCount; } [Network([|Sizes.Code|])] [Dense(2)] partial class Net { }", "write the number itself") { Other = "Encoder" },
        new("NG0023", "[Network(2)] [Dense(1)] partial record [|Net|];", "'Net' is a record"),
        new("NG0023", "[Network(2)] [Dense(1)] sealed partial record class [|Net|](int Size) { }", "declare it as 'partial class', and use Share()"),
        new("NG0024", "[Network(2)] [Dense(1, Name = [|\"\"|])] partial class Net { }", "A layer cannot be called \"\": a name is one word"),
        new("NG0024", "[Network(2)] [Dense(1, Name = [|\"a..b\"|])] partial class Net { }", "such as fc1 or policy.net.0"),
        new("NG0024", "[Network(2)] [Dense(1, Name = [|\"fc1.\"|])] partial class Net { }", "such as fc1"),
        new("NG0024", "[Network(2)] [Dense(1, Name = [|\"fc\\n1\"|])] partial class Net { }", "such as fc1"),
        new("NG0024", "[Network(2)] [Dense(1, Name = [|\"\\uD800\"|])] partial class Net { }", "such as fc1"),
        new("NG0024", "[Network(2)] [Dense(1, Name = [|\"optimizer.exp_avg\"|])] partial class Net { }", "is what the optimizer remembers"),
        new("NG0024", "[Network(2)] [Dense(2, Name = \"fc\")] [Dense(3)] [Dense(1, Name = [|\"fc\"|])] partial class Net { }", "\"fc\": layer 1 of 'Net' is called that;"),
        new("NG0024", "[Network(2)] [Dense(2, Activation.Tanh, Name = [|\"2\"|])] [Dense(1)] partial class Net { }", "layer 2 of 'Net' is called that by its place, for it has none of its own; give it another name"),
        new("NG0025", "[OnnxNetwork([|\"missing.onnx\"|])] partial class Net { }", "There is no file to compile 'missing.onnx' from: the project's additional files are"),
        new("NG0025", "[OnnxNetwork([|\"twice.onnx\"|])] partial class Net { }", "2 of the project's additional files are called that; give more of its path"),
        new("NG0025", "[OnnxNetwork([|\"gone.onnx\"|])] partial class Net { }", "gone.onnx"),
        new("NG0026", "[OnnxNetwork([|\"comparing.onnx\"|])] partial class Net { }", "'Net' cannot be compiled from 'comparing.onnx': node '/IsNaN' (IsNaN): the operator IsNaN of opset 13 is not supported, nor is Xor; supported are Abs"),
        new("NG0026", "[OnnxNetwork(file: [|\"broken.onnx\"|])] partial class Net { }", "'Net' cannot be compiled from 'broken.onnx': model"),
        new("NG0026", "[OnnxNetwork(\"policy.onnx\", Outputs = [|new[] { \"value\" }|])] partial class Net { }", "there is no value 'value'; the outputs are 'action', and on the way to them 'z'"),
        new("NG0027", "[OnnxNetwork(\"policy.onnx\")] [[|Dense(1)|]] partial class Net { }", "'Net' is compiled from the file of [OnnxNetwork] and can have no [Dense]"),
        new("NG0027", "[OnnxNetwork(\"policy.onnx\")] [[|Network(1)|]] partial class Net { }", "can have no [Network]"),
        new("NG0028", "[OnnxNetwork([|\"agent.onnx\"|])] partial class Net { }", "'Net' is compiled without the outputs continuous_actions of 'agent.onnx'"),
        new("NG0029", "[[|Network(2)|]] [Dense(1)] partial class Net { }", "Networks need System.Span<T>, which this project does not refer to; add the package System.Memory") { Without = "System.Memory" },
        new("NG0029", "[[|OnnxNetwork(\"policy.onnx\", Training = true)|]] partial class Net { }", "or target .NET Standard 2.1, .NET 8 or later") { Without = "System.Memory" },
        new("NG0030", "[Network(2, Determinism = [|Determinism.CrossPlatform|])] [Dense(1)] partial class Net { }", "'Net' is declared with Determinism.CrossPlatform, but this project is compiled for 32-bit x86") { Platform = Platform.X86 },
        new("NG0031", "[Network(2)] [Dense(1)] partial class [|Net|] { }", "'Net' cannot be compiled because of a fault of NetGen: stage 'Plan' threw InvalidOperationException: Nothing fits.; other networks are not touched") { Throws = true },
        new("NG0032", "[Network(2)] [Dense(1, Activation.[|ReLU|])] partial class Net { }", "Activation has no member 'ReLU'; use Activation.Relu"),
        new("NG0032", "[Network(2, Loss = Loss.[|MSE|])] [Dense(1)] partial class Net { }", "use Loss.MeanSquaredError"),
        new("NG0032", "[Network(2, Loss = NetGen.Loss.[|CrossEntropyLoss|])] [Dense(2, Activation.Softmax)] partial class Net { }", "use Loss.CategoricalCrossEntropy"),
        new("NG0032", "[OnnxNetwork(\"policy.onnx\", Optimizer = Optimizer.[|SGD|])] partial class Net { }", "use Optimizer.Sgd"),
        new("NG0032", "[Network(2)] [Dense(1, Initializer = Initializer.[|Kaiming_Normal|])] partial class Net { }", "use Initializer.HeNormal"),
        new("NG0032", "[Network(2, Unroll = Unroll.[|loop|])] [Dense(1)] partial class Net { }", "Unroll has no member 'loop'; use Unroll.Loops"),
        new("NG0033", "[Network(2)] [Dense(4, Activation.Tanh, Initializer = [|Initializer.Zeros|])] [Dense(1, Initializer = Initializer.Zeros)] partial class Net { }", "leave its Initializer to Auto"),
        new("NG0034", "[Network(2, Loss = [|Loss.Huber|])] [Dense(1, Activation.Relu6)] partial class Net { }", "Outputs of Relu6 are never negative, and where they are 0 they do not learn from Huber; use Linear"),
        new("NG0034", "[[|Network(2)|]] [Dense(4, Activation.Tanh)] [Dense(1, Activation.Relu)] partial class Net { }", "do not learn from MeanSquaredError"),
        new("NG0035", "[Network(2)] [[|Dense(4)|]] [Dense(1)] partial class Net { }", "no more than it would alone; give it an activation"),
        new("NG0035", "[Network(4)] [Dense(8, Activation.Tanh)] [Dense(3, [|Activation.Linear|])] [Dense(3, Activation.Tanh)] partial class Net { }", "This layer is linear"),
        new("NG0037", "[OnnxNetwork([|\"sequence.onnx\"|])] partial class Net { }", "'Net' cannot be compiled from 'sequence.onnx': axis 1 ('sequence') of input 'x': open, and not the batch; say how long, with Dimensions = \"sequence=…\""),
        new("NG0037", "[OnnxNetwork(\"sequence.onnx\", Dimensions = [|\"length=4\"|])] partial class Net { }", "Dimensions: no axis 'length' is open; open are 'batch', 'sequence'"),
        new("NG0037", "[OnnxNetwork(\"policy.onnx\", Constants = [|\"sr=16000\"|])] partial class Net { }", "Constants: there is no input 'sr'; the file has 'obs'"),
        new("NG0038", "[[|Network(2)|]] [Dense(1)] partial class Net { }", "The project sets NetGenSimd to 'Vector1024'; use one of Auto, None, Vector128, Vector256, Vector512") { Simd = "Vector1024" },
        new("NG0038", "[[|OnnxNetwork(\"policy.onnx\")|]] partial class Net { }", "sets NetGenSimd to '2'") { Simd = "2" },
        new("NG0018", "[OnnxNetwork(\"policy.onnx\", Loss = [|Loss.CategoricalCrossEntropy|], Training = true)] partial class Net { }", "activation is Tanh; use Softmax"),
        new("NG0013", "[OnnxNetwork(\"policy.onnx\")] partial class Net { float[] [|_ports|]; }", "'_ports'"),
        new("NG0036", "[Network(2, Optimizer = Optimizer.Adam, Momentum = [|0.5f|])] [Dense(1)] partial class Net { }", "The option Momentum means nothing to Optimizer.Adam; leave it out, or use Optimizer.Momentum or Optimizer.Nesterov or Optimizer.RmsProp"),
        new("NG0036", "[Network(2, Epsilon = [|1e-3f|])] [Dense(1)] partial class Net { }", "The option Epsilon means nothing to Optimizer.Sgd"),
        new("NG0036", "[Network(2, Optimizer = Optimizer.AdamW, Beta1 = [|1|])] [Dense(1)] partial class Net { }", "The option Beta1 must be at least 0 and below 1, but is 1"),
        new("NG0036", "[Network(2, Optimizer = Optimizer.Adam, Beta2 = [|-0.1f|])] [Dense(1)] partial class Net { }", "but is -0.1"),
        new("NG0036", "[Network(2, Optimizer = Optimizer.AdaGrad, Epsilon = [|0|])] [Dense(1)] partial class Net { }", "The option Epsilon must be finite and greater than 0, but is 0"),
        new("NG0036", "[Network(2, WeightDecay = [|float.NaN|])] [Dense(1)] partial class Net { }", "The option WeightDecay must be finite and at least 0, but is NaN"),
        new("NG0036", "[Network(2, ClipNorm = [|float.PositiveInfinity|])] [Dense(1)] partial class Net { }", "The option ClipNorm must be finite and greater than 0, but is Infinity"),
        new("NG0036", "[Network(2, ClipValue = [|-1|])] [Dense(1)] partial class Net { }", "The option ClipValue must be"),
        new("NG0036", "[Network(2, Delta = [|2|])] [Dense(1)] partial class Net { }", "The option Delta means nothing to Loss.MeanSquaredError; leave it out, or use Loss.Huber"),
        new("NG0036", "[Network(2, Loss = Loss.CategoricalCrossEntropy, LabelSmoothing = [|1.5f|])] [Dense(2, Activation.Softmax)] partial class Net { }", "must be at least 0 and at most 1"),
        new("NG0036", "[Network(2)] [Dense(1, Activation.Tanh, Alpha = [|0.5f|])] partial class Net { }", "The option Alpha means nothing to Activation.Tanh; leave it out, or use Activation.LeakyRelu or Activation.Elu"),
        new("NG0036", "[Network(2)] [Dense(1, Activation.Elu, Alpha = [|float.NaN|])] partial class Net { }", "The option Alpha must be finite, but is NaN"),
        new("NG0036", "[OnnxNetwork(\"policy.onnx\", Training = true, Beta1 = [|0.5f|])] partial class Net { }", "The option Beta1 means nothing to Optimizer.Sgd; leave it out, or use Optimizer.Adam or Optimizer.AdamW"),
    ];

    private static void Throw(bool now)
    {
        if (now)
        {
            throw new InvalidOperationException("Nothing fits.");
        }
    }

    public override string ToString() => $"{Id} {Markup}";
}
