using System.Globalization;
using System.Runtime.Intrinsics;
using NetGen.Benchmarks.Generation;
using NetGen.CompilerServices;
using NetGen.Generator;

namespace NetGen.Benchmarks.Costs;

/// <summary>Every number of <see cref="CostModel"/>, and where <see cref="JitBudget"/> ends what is written out.</summary>
internal static class CostNumbers
{
    private static readonly NetworkStyle Usual = NetworkStyle.Usual;
    private static readonly NetworkStyle Softmax = Usual with { Output = "Softmax" };
    private static readonly NetworkStyle Of8 = Usual with { Options = ", Simd = NetGen.Simd.Vector256" };
    private static readonly NetworkStyle Of4 = Usual with { Options = ", Simd = NetGen.Simd.Vector128" };
    private static readonly NetworkStyle Scalar = Usual with { Options = ", Simd = NetGen.Simd.None" };

    /// <summary>What this processor can measure; a length of vector that it lacks is left out.</summary>
    public static IReadOnlyList<CostNumber> All { get; } =
    [
        new CostNumber(
            "(the same thrice)",
            "1",
            [new("1", CostModel.Default), new("2", CostModel.Default), new("3", CostModel.Default)],
            [
                .. On(Usual, "4-16-16-3", Operation.Forward, Operation.TrainStep),
                .. On(Usual, "64-32-10", Operation.Forward, Operation.TrainBatch),
                .. On(Usual, "784-128-10", Operation.ForwardBatch),
            ])
        {
            IsControl = true,
        },
        .. Processor.HasVector512
            ? new[]
            {
                Number(nameof(CostModel.TileRows16), c => c.TileRows16, (c, value) => c with { TileRows16 = value }, [1, 2, 4, 6, 8], Rows(Usual)),
                Number(nameof(CostModel.TileVectors16), c => c.TileVectors16, (c, value) => c with { TileVectors16 = value }, [1, 2, 3, 4], Tiles(Usual)),
                Number(nameof(CostModel.SampleUnits16), c => c.SampleUnits16, (c, value) => c with { SampleUnits16 = value }, [1, 16, 24, 32, 48, 64],
                [
                    .. On(Usual, "4-12-12-3", Operation.Forward, Operation.TrainStep),
                    .. On(Usual, "4-16-16-3", Operation.Forward, Operation.TrainStep),
                    .. On(Usual, "4-20-20-3", Operation.Forward, Operation.TrainStep),
                    .. On(Usual, "8-24-24-4", Operation.Forward, Operation.TrainStep),
                    .. On(Usual, "8-32-32-4", Operation.Forward, Operation.TrainStep),
                    .. On(Usual, "16-48-48-4", Operation.Forward, Operation.TrainStep),
                ]),
            }
            : [],
        .. Vector256.IsHardwareAccelerated
            ? new[]
            {
                Number(nameof(CostModel.TileRows8), c => c.TileRows8, (c, value) => c with { TileRows8 = value }, [1, 2, 3, 4, 6, 8], Rows(Of8)),
                Number(nameof(CostModel.TileVectors8), c => c.TileVectors8, (c, value) => c with { TileVectors8 = value }, [1, 2, 3, 4, 6], Tiles(Of8)),
            }
            : [],
        Number(nameof(CostModel.TileRows4), c => c.TileRows4, (c, value) => c with { TileRows4 = value }, [1, 2, 3, 4, 6, 8], Rows(Of4)),
        Number(nameof(CostModel.TileVectors4), c => c.TileVectors4, (c, value) => c with { TileVectors4 = value }, [1, 2, 3, 4, 6], Tiles(Of4)),
        Number(nameof(CostModel.SampleVectors), c => c.SampleVectors, (c, value) => c with { SampleVectors = value }, [2, 4, 8, 12, 16],
        [
            .. On(Usual, "784-128-10", Operation.Forward, Operation.TrainStep),
            .. On(Of8, "8-128-128-2", Operation.Forward, Operation.TrainStep),
            .. On(Of4, "64-32-10", Operation.Forward, Operation.TrainStep),
            .. On(Of4, "8-128-128-2", Operation.Forward, Operation.TrainStep),
        ]),
        Number(nameof(CostModel.PanelWidth), c => c.PanelWidth, (c, value) => c with { PanelWidth = value }, [32, 64, 96, 128],
        [
            .. On(Usual, "8-128-128-2", OperationCost.All),
            .. On(Usual, "784-128-10", OperationCost.All),
        ]),
        Number(nameof(CostModel.IndependentSums), c => c.IndependentSums, (c, value) => c with { IndependentSums = value }, [1, 2, 4, 6, 8, 12, 16],
        [
            .. On(Usual, "16-16-16", Operation.Forward, Operation.TrainStep),
            .. On(Usual, "64-32-10", Operation.Forward, Operation.TrainStep),
            .. On(Usual, "30-20-10", Operation.Forward),
            .. On(Usual, "250-48-5", Operation.Forward),
            .. On(Usual, "784-128-10", Operation.Forward),
        ]),
        Number(nameof(CostModel.AcrossSums), c => c.AcrossSums, (c, value) => c with { AcrossSums = value }, [1, 2, 4, 8, 16],
        [
            .. On(Usual, "128-2", Operation.Forward),
            .. On(Usual, "784-1", Operation.Forward),
            .. On(Usual, "250-5", Operation.Forward, Operation.TrainStep),
            .. On(Usual, "8-128-128-2", Operation.Forward, Operation.TrainStep),
        ]),
        Number(nameof(CostModel.AcrossCost), c => c.AcrossCost, (c, value) => c with { AcrossCost = value }, [0, 1, 2, 3, 4, 6, 8, 12, 24, 48],
        [
            // Each shape turns over at another value: 250-5 at 34, 32-3 at 9, 48-5 at 7, 24-3 at 6, 64-8 and 16-3 at 4, 64-10 at 2.
            .. On(Usual, "250-5", Operation.Forward, Operation.TrainStep),
            .. On(Usual, "32-3", Operation.Forward, Operation.TrainStep),
            .. On(Usual, "48-5", Operation.Forward, Operation.TrainStep),
            .. On(Usual, "24-3", Operation.Forward, Operation.TrainStep),
            .. On(Usual, "64-8", Operation.Forward, Operation.TrainStep),
            .. On(Usual, "16-3", Operation.Forward, Operation.TrainStep),
            .. On(Usual, "64-10", Operation.Forward, Operation.TrainStep),
        ]),
        Number(nameof(CostModel.AcrossCostOfRow), c => c.AcrossCostOfRow, (c, value) => c with { AcrossCostOfRow = value }, [0, 1, 2, 3, 4, 6, 8, 12, 24, 48],
        [
            .. On(Usual, "250-5", Operation.ForwardBatch, Operation.TrainBatch),
            .. On(Usual, "32-3", Operation.ForwardBatch, Operation.TrainBatch),
            .. On(Usual, "16-3", Operation.ForwardBatch, Operation.TrainBatch),
            .. On(Usual, "64-10", Operation.ForwardBatch, Operation.TrainBatch),
            .. On(Usual, "64-32-10", Operation.ForwardBatch, Operation.TrainBatch),
        ]),
        Number(nameof(CostModel.VectorsWrittenOut), c => c.VectorsWrittenOut, (c, value) => c with { VectorsWrittenOut = value }, [1, 2, 4, 8, 16],
        [
            .. On(Usual, "64-32-10", Operation.TrainStep, Operation.TrainBatch),
            .. On(Usual, "250-128-5", Operation.Forward, Operation.TrainStep),
            .. On(Usual, "8-128-128-2", Operation.Forward, Operation.TrainStep),
            .. On(Of4, "4-16-16-3", Operation.Forward, Operation.TrainStep),
        ]),
        Number(nameof(CostModel.FunctionsWrittenOut), c => c.FunctionsWrittenOut, (c, value) => c with { FunctionsWrittenOut = value }, [1, 2, 4, 8],
        [
            .. On(Softmax, "16-48", Operation.Forward, Operation.ForwardBatch),
            .. On(Softmax, "16-100", Operation.Forward, Operation.ForwardBatch),
            .. On(Softmax with { Options = Of4.Options }, "64-10", Operation.Forward, Operation.ForwardBatch),
            .. On(Usual with { Options = Of4.Options }, "784-16-10", Operation.Forward),
        ]),
        Number(nameof(CostModel.MultiplyAddsWrittenOut), c => c.MultiplyAddsWrittenOut, (c, value) => c with { MultiplyAddsWrittenOut = value }, [0, 8, 16, 32, 64, 128],
        [
            .. On(Usual, "2-8-1", Operation.Forward, Operation.TrainStep),
            .. On(Usual, "4-16-16-3", Operation.Forward, Operation.TrainStep),
            .. On(Usual, "12-24-24-4", Operation.Forward, Operation.TrainStep),
            .. On(Usual, "64-32-10", Operation.Forward, Operation.TrainStep),
            .. On(Usual, "8-128-128-2", Operation.Forward, Operation.TrainStep),
        ]),
        Number(nameof(CostModel.OptimizedAtOnce), c => c.OptimizedAtOnce, (c, value) => c with { OptimizedAtOnce = value }, [0, 1024, 65536, int.MaxValue],
        [
            .. On(Usual, "2-8-1", OperationCost.All),
            .. On(Usual, "4-16-16-3", OperationCost.All),
            .. On(Usual, "64-32-10", OperationCost.All),
            .. On(Usual, "8-128-128-2", OperationCost.All),
            .. On(Usual, "784-128-10", OperationCost.All),
        ]),
        Number(nameof(CostModel.MostBatchRows), c => c.MostBatchRows, (c, value) => c with { MostBatchRows = value }, [16, 32, 64, 128, 256],
        [
            .. On(Usual, "4-16-16-3", 256, Operation.ForwardBatch, Operation.TrainBatch),
            .. On(Usual, "64-32-10", 256, Operation.ForwardBatch, Operation.TrainBatch),
            .. On(Usual, "8-128-128-2", 256, Operation.ForwardBatch, Operation.TrainBatch),
            .. On(Usual, "784-128-10", 256, Operation.ForwardBatch, Operation.TrainBatch),
        ]),
        Number(nameof(CostModel.BatchFloats), c => c.BatchFloats, (c, value) => c with { BatchFloats = value }, [16384, 32768, 65536, 131072, 262144],
        [
            .. On(Usual, "16-1024-16", 128, Operation.ForwardBatch, Operation.TrainBatch),
            .. On(Usual, "16-2048-16", 128, Operation.ForwardBatch, Operation.TrainBatch),
            .. On(Usual, "64-512-512-8", 128, Operation.ForwardBatch, Operation.TrainBatch),
        ]),
        Number(nameof(CostModel.LeastBatchRows), c => c.LeastBatchRows, (c, value) => c with { LeastBatchRows = value }, [4, 8, 16, 32],
        [
            .. On(Usual, "4-8192-4", 64, Operation.ForwardBatch, Operation.TrainBatch),
            .. On(Usual, "32-8192-8", 64, Operation.ForwardBatch, Operation.TrainBatch),
        ]),
        WrittenOut(nameof(JitBudget.MultiplyAddsPerLayer), "8-8", "16-16", "20-20", "22-22", "24-24", "28-28", "31-32"),
        WrittenOut(nameof(JitBudget.MultiplyAddsPerMethod), "16-16-16-16", "16-16-16-16-8", "16-16-16-16-16", "16-16-16-16-16-16-16"),
    ];

    private static CostCase[] Rows(NetworkStyle style) =>
    [
        .. On(style, "64-32-10", Operation.ForwardBatch, Operation.TrainBatch),
        .. On(style, "8-128-128-2", Operation.ForwardBatch, Operation.TrainBatch),
        .. On(style, "784-128-10", Operation.ForwardBatch, Operation.TrainBatch),
    ];

    private static CostCase[] Tiles(NetworkStyle style) =>
    [
        .. On(style, "64-48-10", Operation.ForwardBatch, Operation.TrainBatch),
        .. On(style, "250-128-5", Operation.ForwardBatch, Operation.TrainBatch),
    ];

    private static CostNumber Number(string name, Func<CostModel, int> get, Func<CostModel, int, CostModel> with, int[] values, CostCase[] cases) =>
        new(name, Text(get(CostModel.Default)), [.. values.Select(value => new Alternative(Text(value), with(CostModel.Default, value)))], cases);

    // The scalar form, by choice and by command.
    private static CostNumber WrittenOut(string name, params string[] shapes) => new(
        name,
        "chosen",
        [
            new("chosen", CostModel.Default),
            new("written out", CostModel.Default, ", Unroll = NetGen.Unroll.Full"),
            new("loops", CostModel.Default, ", Unroll = NetGen.Unroll.Loops"),
        ],
        [.. shapes.SelectMany(shape => On(Scalar, shape, Operation.Forward, Operation.TrainStep))]);

    private static IEnumerable<CostCase> On(NetworkStyle style, string shape, params IReadOnlyList<Operation> operations) =>
        On(style, shape, Problem.Rows, operations);

    private static IEnumerable<CostCase> On(NetworkStyle style, string shape, int rows, params IReadOnlyList<Operation> operations) =>
        operations.Select(operation => new CostCase(NetworkShape.Parse(shape), operation, style, rows));

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
