using NetGen.Tool.Inspect;

namespace NetGen.Tool.Tests;

/// <summary>A machine that is the same wherever the tests run.</summary>
internal sealed record FixedMachine(int Lanes) : IMachine
{
    public IReadOnlyList<long> Caches => [32 << 10, 1 << 20];

    public MachineSpeed Measure(long weightBytes) => new(0.5e-9, 0.25e-9, 1e-9);
}
