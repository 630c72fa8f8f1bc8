using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;

namespace NetGen.Conformance
{
    /// <summary>How long one call takes, once the runtime has compiled what it means to compile.</summary>
    internal sealed class Timing
    {
        private const double WarmUpSeconds = 1.5;
        private const double Seconds = 0.2;
        private const int Repetitions = 7;

        private readonly INetwork _network;
        private readonly float[] _input;
        private readonly float[] _output;
        private readonly float[] _target;

        private Timing(INetwork network)
        {
            _network = network;
            _input = new float[network.InputCount];
            _output = new float[network.OutputCount];
            _target = new float[network.OutputCount];
            for (int i = 0; i < _input.Length; i++)
            {
                _input[i] = i % 7 * 0.1f;
            }

            _target[0] = 1;
        }

        /// <summary>Lines for a reader: nanoseconds of a call, the medians of a few measurements.</summary>
        public static IEnumerable<string> Lines()
        {
            var any = new Timing(new DigitsOfOneProcessor());
            var all = new Timing(new Digits());
            yield return Line("Forward", any.Forward, all.Forward);
            yield return Line("TrainStep", any.TrainStep, all.TrainStep);
        }

        private static string Line(string member, Action any, Action all)
        {
            // In turn, so that whatever else the machine does meets both.
            PerCall(any, WarmUpSeconds);
            PerCall(all, WarmUpSeconds);
            double[] ofAny = new double[Repetitions];
            double[] ofAll = new double[Repetitions];
            for (int i = 0; i < Repetitions; i++)
            {
                ofAny[i] = PerCall(any, Seconds);
                ofAll[i] = PerCall(all, Seconds);
            }

            Array.Sort(ofAny);
            Array.Sort(ofAll);
            return string.Format(
                CultureInfo.InvariantCulture,
                "{0} of 64-32-10: {1:0} ns, CrossPlatform {2:0} ns",
                member,
                ofAny[Repetitions / 2],
                ofAll[Repetitions / 2]);
        }

        private void Forward() => _network.Forward(_input, _output);

        private void TrainStep() => _network.TrainStep(_input, _target, 0.001f);

        private static double PerCall(Action call, double seconds)
        {
            var watch = Stopwatch.StartNew();
            int calls = 0;
            do
            {
                // Browsers' clocks are coarse: they are read once in many calls.
                for (int i = 0; i < 100; i++)
                {
                    call();
                }

                calls += 100;
            }
            while (watch.Elapsed.TotalSeconds < seconds);
            return watch.Elapsed.TotalSeconds * 1e9 / calls;
        }
    }
}
