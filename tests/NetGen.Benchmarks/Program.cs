using System.Globalization;
using BenchmarkDotNet.Running;
using NetGen.Benchmarks;
using NetGen.Benchmarks.Reports;

try
{
    return args switch
    {
        ["table"] => TableCommand.Run(),
        ["quick"] => QuickCommand.Run(NetworkShape.All),
        ["quick", .. var names] => QuickCommand.Run([.. names.Select(NetworkShape.Parse)]),
        ["report"] => ReportCommand.Run(),
        ["plot"] => PlotCommand.Run(results: null),
        ["plot", var results] => PlotCommand.Run(results),
        ["widths"] => WidthsCommand.Run(step: 1),
        ["widths", var step] => WidthsCommand.Run(Number(step)),
        ["widths", var step, var first, var last] => WidthsCommand.Run(Number(step), Number(first), Number(last)),
        ["costs", .. var numbers] => CostsCommand.Run(numbers),
        ["startup"] => StartupCommand.Run(StartupCommand.DefaultProcesses),
        ["startup", var processes] => StartupCommand.Run(Number(processes)),
        ["threads"] => ThreadsCommand.Run(),
        ["determinism", .. var names] => DeterminismCommand.Run(names.Length == 0 ? NetworkShape.All : [.. names.Select(NetworkShape.Parse)]),
        ["generator"] => GeneratorCommand.Run(),
        ["build"] => GeneratorCommand.Build(),
        ["bdn", .. var options] => Regressions(options),
        _ => Usage(),
    };
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
    ? number
    : throw new FormatException($"'{text}' is not a positive number.");

static int Regressions(string[] options)
{
    // BenchmarkDotNet looks for this project from the current folder on.
    Environment.CurrentDirectory = Repository.Root;
    return BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(options).Any(summary => summary.HasCriticalValidationErrors) ? 1 : 0;
}

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project tests/NetGen.Benchmarks -- COMMAND

          table                all networks, operations and peers in one table of ratios, in under three minutes
                               writes docs/results, a file for each processor
          report               docs/performance.md from the files of all processors
          plot [RESULTS]       measures and draws docs/benchmarks*.png; RESULTS is one of those files
          quick [NETWORK...]   NetGen, straight C++ and the machine's limits, in some ten seconds
          widths [STEP [FIRST LAST]]
                               one layer of 64 x N and N x 64, as CSV on standard output
          costs [NUMBER...]    what the numbers that the planner decides by cost, and what others would, in five minutes
          startup [PROCESSES]  the first calls of a network in a fresh process, just in time and compiled ahead;
                               5 processes for each figure, in some fifteen minutes
          threads              a batch on several threads
          determinism [NETWORK...]
                               what the same bits on all platforms cost
          generator            what networks cost a build, and the generator by itself the compiler
          build                the former alone, in some ten minutes
          bdn [OPTION...]      BenchmarkDotNet's classes, with its options
        """);
    return 1;
}
