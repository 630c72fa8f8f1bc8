using System.Diagnostics;
using System.Globalization;
using CartPole;

// Balancing counts as learned when a hundred rides in a row last 475 of 500 steps in the mean, as in CartPole-v1 of Gymnasium.
const int MostRides = 2000;
Report.Prepare();
ulong seed = 1;
if (args.Length > 0 && !ulong.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out seed))
{
    Console.Error.WriteLine($"Expected a seed, a whole number, got {args[0]}.");
    return 1;
}

var policy = new Policy();
policy.Initialize(seed);
var learner = new Learner(policy, new Random(unchecked((int)seed)));
var log = new RideLog();
Report.Introduction();

// What the terminal takes to show it is not the network's time.
var clock = new Stopwatch();
Report.WhileLearning(log, () =>
{
    clock.Start();
    log.Add(learner.Ride());
    clock.Stop();
    return !log.IsSolved && log.Count < MostRides;
});
Report.Outcome(log, clock.Elapsed);

try
{
    Console.WriteLine($"Picture: {Pictures.Write(Environment.CurrentDirectory, log, clock.Elapsed)}");
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"Cannot write the picture: {error.Message}");
    return 1;
}

return log.IsSolved ? 0 : 1;
