using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NetGen.Generator.Tests;

/// <summary>What the just-in-time compiler counts before it decides whether to optimise a method.</summary>
/// <param name="Name">Type and method.</param>
/// <param name="Bytes">Of IL.</param>
/// <param name="Instructions">Of IL.</param>
/// <param name="Blocks">Basic blocks.</param>
/// <param name="Locals">Locals and arguments.</param>
/// <param name="References">Instructions that name a local or an argument.</param>
internal sealed record EmittedMethod(string Name, int Bytes, int Instructions, int Blocks, int Locals, int References)
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(o => o.Value & 0xffff);

    /// <summary>The methods of an assembly.</summary>
    public static IReadOnlyList<EmittedMethod> ReadAll(Stream assembly)
    {
        using var file = new PEReader(assembly);
        MetadataReader metadata = file.GetMetadataReader();
        var methods = new List<EmittedMethod>();
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress != 0)
            {
                string type = metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name);
                string name = $"{type}.{metadata.GetString(method.Name)}";
                MethodBodyBlock body = file.GetMethodBody(method.RelativeVirtualAddress);
                methods.Add(Read(name, body, method.GetParameters().Count + CountLocals(metadata, body)));
            }
        }

        return methods;
    }

    private static EmittedMethod Read(string name, MethodBodyBlock body, int locals)
    {
        BlobReader il = body.GetILReader();
        int instructions = 0;
        int references = 0;
        var starts = new HashSet<int> { 0 };
        while (il.RemainingBytes > 0)
        {
            int value = il.ReadByte();
            OpCode code = OpCodesByValue[value == 0xfe ? 0xfe00 | il.ReadByte() : value];
            instructions++;
            if (NamesLocal(code))
            {
                references++;
            }

            switch (code.OperandType)
            {
                case OperandType.ShortInlineBrTarget:
                    int near = il.ReadSByte();
                    starts.Add(il.Offset + near);
                    break;
                case OperandType.InlineBrTarget:
                    int far = il.ReadInt32();
                    starts.Add(il.Offset + far);
                    break;
                case OperandType.InlineSwitch:
                    int[] targets = new int[il.ReadInt32()];
                    for (int i = 0; i < targets.Length; i++)
                    {
                        targets[i] = il.ReadInt32();
                    }

                    starts.UnionWith(targets.Select(t => il.Offset + t));
                    break;
                default:
                    il.Offset += Size(code.OperandType);
                    break;
            }

            if (code.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw)
            {
                starts.Add(il.Offset);
            }
        }

        starts.Remove(il.Length);
        return new EmittedMethod(name, il.Length, instructions, starts.Count, locals, references);
    }

    private static bool NamesLocal(OpCode code) =>
        code.Name!.StartsWith("ldloc", StringComparison.Ordinal) || code.Name.StartsWith("stloc", StringComparison.Ordinal)
        || code.Name.StartsWith("ldarg", StringComparison.Ordinal) || code.Name.StartsWith("starg", StringComparison.Ordinal);

    private static int Size(OperandType type) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    private static int CountLocals(MetadataReader metadata, MethodBodyBlock body)
    {
        if (body.LocalSignature.IsNil)
        {
            return 0;
        }

        BlobReader signature = metadata.GetBlobReader(metadata.GetStandaloneSignature(body.LocalSignature).Signature);
        signature.ReadSignatureHeader();
        return signature.ReadCompressedInteger();
    }
}
