using NetGen.Benchmarks;
using NetGen.Benchmarks.Reports;

return args switch
{
    ["table"] => TableCommand.Run(),
    ["quick"] => QuickCommand.Run(NetworkShape.All),
    ["quick", .. var names] => QuickCommand.Run([.. names.Select(NetworkShape.Parse)]),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project tests/NetGen.Benchmarks -- COMMAND

          table                all networks, operations and peers in one table of ratios, in under three minutes
          quick [NETWORK...]   NetGen, straight C++ and the machine's limits, in some ten seconds
        """);
    return 1;
}
