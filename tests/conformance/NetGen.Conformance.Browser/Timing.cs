using System;
using System.Diagnostics;
using System.Linq;

namespace NetGen.Conformance
{
    /// <summary>Measures how long a call takes once the runtime has compiled what it means to compile.</summary>
    internal sealed class Timing
    {
        private const double WarmUpSeconds = 2;
        private const double Seconds = 0.5;
        private const int Repetitions = 5;

        private readonly INetwork _network;
        private readonly float[] _input;
        private readonly float[] _output;
        private readonly float[] _target;

        public Timing(INetwork network)
        {
            _network = network;
            _input = new float[network.InputCount];
            _output = new float[network.OutputCount];
            _target = new float[network.OutputCount];
            for (int i = 0; i < _input.Length; i++)
            {
                _input[i] = i % 7 * 0.1f;
            }

            _target[3] = 1;
        }

        /// <summary>Microseconds of a call: the median of a few measurements.</summary>
        public double OfForward() => Measure(() => _network.Forward(_input, _output));

        /// <summary>The same of a step of plain descent.</summary>
        public double OfTrainStep() => Measure(() => _network.TrainStep(_input, _target, 0.001f));

        private static double Measure(Action call)
        {
            PerCall(call, WarmUpSeconds);
            double[] times = Enumerable.Range(0, Repetitions).Select(_ => PerCall(call, Seconds)).Order().ToArray();
            return times[Repetitions / 2];
        }

        private static double PerCall(Action call, double seconds)
        {
            long start = Stopwatch.GetTimestamp();
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
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);
            return Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
        }
    }
}
