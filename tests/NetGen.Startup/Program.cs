using System.Globalization;
using System.Runtime.Intrinsics;
using NetGen;
using NetGen.Benchmarks.Regressions;
using NetGen.CompilerServices;
using NetGen.Startup;

// Measures the first calls of one network in this process, and prints what it found as "name,value".
if (args is not [var name, var operation] || operation is not ("Forward" or "TrainStep" or "All"))
{
    Console.Error.WriteLine("NetGen.Startup NETWORK Forward|TrainStep|All, for instance: NetGen.Startup 64-32-10 Forward");
    return 1;
}

// Not all in a table: a network that is never made costs nothing.
Func<INetwork>? create = name switch
{
    "2-8-1" => () => new Net2x8x1(),
    "4-16-16-3" => () => new Net4x16x16x3(),
    "64-32-10" => () => new Net64x32x10(),
    "8-128-128-2" => () => new Net8x128x128x2(),
    "250-128-5" => () => new Net250x128x5(),
    "784-128-10" => () => new Net784x128x10(),
    _ => null,
};
if (create is null)
{
    Console.Error.WriteLine($"There is no network '{name}'.");
    return 1;
}

if (operation == "All")
{
    EveryMember.Call(create());
    return 0;
}

Figures figures = operation == "Forward" ? ForwardCalls.Measure(create) : TrainStepCalls.Measure(create);
int lanes = Processor.HasVector512 ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;
foreach ((string what, double value) in figures.Values.Append(("lanes", lanes)))
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what},{value:R}"));
}

return 0;
