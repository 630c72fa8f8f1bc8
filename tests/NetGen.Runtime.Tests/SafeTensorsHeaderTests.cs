using System.Buffers.Binary;
using System.Text;
using NetGen.SafeTensors;

namespace NetGen.Runtime.Tests;

public class SafeTensorsHeaderTests
{
    // As safetensors.torch.save_file writes it, sorted by name within a type.
    private const string Linear =
        """{"__metadata__":{"format":"pt"},"0.bias":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"0.weight":{"dtype":"F32","shape":[3,2],"data_offsets":[12,36]}}""";

    [Fact]
    public void NamesTypesShapesAndBytesAreRead()
    {
        SafeTensorsHeader header = Parse(Linear + "   ", 36);

        Assert.Equal(["0.bias", "0.weight"], header.Tensors.Keys.Order());
        SafeTensor weight = header.Tensors["0.weight"];
        Assert.Equal(("F32", 12L, 36L), (weight.ElementType, weight.Begin, weight.End));
        Assert.Equal([3, 2], weight.Shape);
        Assert.Equal("pt", header.Metadata["format"]);
    }

    [Theory]
    [InlineData("{}", 0)]
    [InlineData(" \t\r\n{ } ", 0)]
    [InlineData("""{"a":{"data_offsets":[0,0],"shape":[5,0],"dtype":"F64"}}""", 0)]
    [InlineData("""{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,2]}}""", 2)]
    public void WhatTheFormatAllowsIsRead(string json, long dataLength) => Parse(json, dataLength);

    [Theory]
    [InlineData("", 0, "expected '{'")]
    [InlineData("[]", 0, "expected '{'")]
    [InlineData("{", 0, "expected '\"'")]
    [InlineData("{} x", 0, "end of the header")]
    [InlineData("{\"a", 0, "the text has no end")]
    [InlineData("{\"a\\q\":1}", 0, "an escape that JSON does not have")]
    [InlineData("{\"a\\u12x4\":1}", 0, "four hexadecimal digits")]
    [InlineData("{\"\\ud800\":1}", 0, "half a character")]
    [InlineData("{\"a\u0001\":1}", 0, "a control character")]
    [InlineData("""{"a":1}""", 0, "expected '{'")]
    [InlineData("""{"a":{}}""", 0, "'a' needs a dtype, a shape and two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},}""", 4, "expected '\"'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}""", 4, "'shape' of tensor 'a' is there twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", 4, "expected a whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "expected a whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}""", 4, "expected a whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}""", 4, "expected ']'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}""", 4, "too large")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "has 0 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "'a' of F32 [2] has 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}}""", 8, "ends at 4, before it begins at 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "a second tensor 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "'b' of the safetensors file begins at 2, where the one before it ends at 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "begins at 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "have 4 bytes, but 8 follow")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 2, "have 4 bytes, but 2 follow")]
    [InlineData("""{"__metadata__":{"a":"b","a":"c"}}""", 0, "'a' is there twice")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "expected '\"'")]
    public void WhatItDoesNotAllowIsRefusedWithItsPlace(string json, long dataLength, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Parse(json, dataLength)).Message, StringComparison.Ordinal);

    [Fact]
    public void ATextThatIsNoUtf8IsRefused() => Assert.Throws<InvalidDataException>(() => SafeTensorsHeader.Parse([(byte)'{', (byte)'"', 0xC3, (byte)'"']));

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 }, "this one has 3")]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0x80 }, "9223372036854775808 bytes")]
    [InlineData(new byte[] { 1, 0xE1, 0xF5, 5, 0, 0, 0, 0 }, "100000001 bytes")]
    public void ALengthThatCannotBeIsRefused(byte[] start, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => SafeTensorsHeader.TextLength(start)).Message, StringComparison.Ordinal);

    [Fact]
    public void WhatIsWrittenIsReadBack()
    {
        SafeTensor[] tensors =
        [
            new("0.weight", "F32", [4, 3], 0, 48),
            new("a \"quoted\" \\ name, ü, 𝄞, \n and \u0001", "F16", [], 48, 50),
        ];
        Dictionary<string, string> metadata = new() { ["format"] = "pt", ["{"] = "}\"" };
        foreach (int count in (int[])[0, 1, 2])
        {
            byte[] written = SafeTensorsHeader.Write(tensors.Take(count), metadata);

            Assert.Equal(0, written.Length % 8);
            Assert.Equal(written.Length - 8, SafeTensorsHeader.TextLength(written));
            SafeTensorsHeader header = SafeTensorsHeader.Parse(written.AsSpan(8));
            header.CheckDataLength(count == 0 ? 0 : tensors[count - 1].End);
            Assert.Equal(metadata, header.Metadata);
            Assert.Equal(count, header.Tensors.Count);
            Assert.All(tensors.Take(count), t => Assert.Equivalent(t, header.Tensors[t.Name]));
        }
    }

    [Fact]
    public void MutatedHeadersAreReadOrRefused()
    {
        int mutations = TestSet.Choose(byDefault: 1_000, full: 5_000, exhaustive: 100_000);
        var random = new Random(1);
        byte[] original = Encoding.UTF8.GetBytes(Linear);
        int refused = 0;
        for (int i = 0; i < mutations; i++)
        {
            byte[] mutated = [.. original];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                int at = random.Next(mutated.Length);
                switch (random.Next(3))
                {
                    case 0:
                        mutated[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        mutated = [.. mutated.AsSpan(0, at), .. mutated.AsSpan(Math.Min(mutated.Length, at + random.Next(1, 9)))];
                        break;
                    default:
                        mutated = [.. mutated.AsSpan(0, at), .. original.AsSpan(random.Next(original.Length - 8), 8), .. mutated.AsSpan(at)];
                        break;
                }
            }

            Exception? thrown = Record.Exception(() => Parse(mutated, 36));
            Assert.True(thrown is null or InvalidDataException, thrown?.ToString());
            refused += thrown is null ? 0 : 1;
        }

        Assert.InRange(refused, mutations * 4 / 5, mutations - 1);
    }

    [Fact]
    public void HalvesAreTheirFloats()
    {
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            float expected = (float)BitConverter.UInt16BitsToHalf((ushort)bits);
            float actual = ElementTypes.FromHalf((ushort)bits);
            Assert.True(expected.Equals(actual) && float.IsNegative(expected) == float.IsNegative(actual), $"{bits:x4} is {actual}");
        }
    }

    [Fact]
    public void ElementsOfAllReadableTypesBecomeFloats()
    {
        float[] values = [1.5f, -0f, 2f];
        foreach (string type in ElementTypes.Readable)
        {
            int size = ElementTypes.Size(type);
            byte[] bytes = new byte[values.Length * size];
            for (int i = 0; i < values.Length; i++)
            {
                Span<byte> element = bytes.AsSpan(i * size);
                switch (type)
                {
                    case "F32":
                        BinaryPrimitives.WriteSingleLittleEndian(element, values[i]);
                        break;
                    case "F64":
                        BinaryPrimitives.WriteDoubleLittleEndian(element, values[i]);
                        break;
                    case "F16":
                        BinaryPrimitives.WriteHalfLittleEndian(element, (Half)values[i]);
                        break;
                    default:
                        BinaryPrimitives.WriteInt16LittleEndian(element, (short)(BitConverter.SingleToInt32Bits(values[i]) >> 16));
                        break;
                }
            }

            float[] read = new float[values.Length];
            ElementTypes.ToSingles(bytes, type, read);
            Assert.Equal(values.Select(BitConverter.SingleToInt32Bits), read.Select(BitConverter.SingleToInt32Bits));
        }

        float[] one = new float[1];
        ElementTypes.ToSingles(BitConverter.GetBytes(1e300), "F64", one);
        Assert.Equal(float.PositiveInfinity, one[0]);
    }

    private static SafeTensorsHeader Parse(string json, long dataLength) => Parse(Encoding.UTF8.GetBytes(json), dataLength);

    private static SafeTensorsHeader Parse(byte[] json, long dataLength)
    {
        SafeTensorsHeader header = SafeTensorsHeader.Parse(json);
        header.CheckDataLength(dataLength);
        return header;
    }
}
