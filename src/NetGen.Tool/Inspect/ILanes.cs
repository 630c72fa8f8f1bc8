using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Tool.Inspect;

/// <summary>A length of vector, so that what measures the machine is written once.</summary>
internal interface ILanes<TVector>
    where TVector : struct
{
    static abstract int Count { get; }

    static abstract TVector Create(float value);

    static abstract TVector Load(ref readonly float source, nuint offset);

    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector sum);

    static abstract float First(TVector vector);
}

internal readonly struct Lanes16 : ILanes<Vector512<float>>
{
    public static int Count => 16;

    public static Vector512<float> Create(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref readonly float source, nuint offset) => Vector512.LoadUnsafe(in source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> left, Vector512<float> right, Vector512<float> sum) => Vector512.MultiplyAddEstimate(left, right, sum);

    public static float First(Vector512<float> vector) => vector.ToScalar();
}

internal readonly struct Lanes8 : ILanes<Vector256<float>>
{
    public static int Count => 8;

    public static Vector256<float> Create(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(ref readonly float source, nuint offset) => Vector256.LoadUnsafe(in source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> left, Vector256<float> right, Vector256<float> sum) => Vector256.MultiplyAddEstimate(left, right, sum);

    public static float First(Vector256<float> vector) => vector.ToScalar();
}

internal readonly struct Lanes4 : ILanes<Vector128<float>>
{
    public static int Count => 4;

    public static Vector128<float> Create(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(ref readonly float source, nuint offset) => Vector128.LoadUnsafe(in source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> sum) => Vector128.MultiplyAddEstimate(left, right, sum);

    public static float First(Vector128<float> vector) => vector.ToScalar();
}

internal readonly struct Lanes1 : ILanes<float>
{
    public static int Count => 1;

    public static float Create(float value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load(ref readonly float source, nuint offset) => Unsafe.Add(ref Unsafe.AsRef(in source), offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float left, float right, float sum) => (left * right) + sum;

    public static float First(float vector) => vector;
}
