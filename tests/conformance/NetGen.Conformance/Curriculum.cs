using System;
using System.Runtime.InteropServices;

namespace NetGen.Conformance
{
    /// <summary>Trains one network in every way there is, and hashes the bits of all that it returns on the way.</summary>
    internal sealed class Curriculum
    {
        private const int Rows = 70; // more than go through a network at once

        private readonly Func<INetwork> _create;
        private readonly Sha256 _hash = new Sha256();
        private readonly float[] _inputs;
        private readonly float[] _targets;
        private readonly float[] _outputs;
        private readonly float[] _parameters;
        private readonly float[] _inputGradient;
        private INetwork _network;
        private uint _random = 12345;

        // Targets are numbers, or one of several classes.
        public Curriculum(Func<INetwork> create, bool isClass)
        {
            INetwork network = create();
            _create = create;
            _network = network;
            _inputs = new float[Rows * network.InputCount];
            _targets = new float[Rows * network.OutputCount];
            _outputs = new float[_targets.Length];
            _parameters = new float[network.ParameterCount];
            _inputGradient = new float[network.InputCount];
            for (int i = 0; i < _inputs.Length; i++)
            {
                _inputs[i] = Next();
            }

            for (int i = 0; i < _targets.Length; i++)
            {
                int row = i / network.OutputCount;
                _targets[i] = !isClass ? Math.Abs(Next()) : i % network.OutputCount == row * 7 % network.OutputCount ? 1 : 0;
            }
        }

        /// <summary>The hash of a run.</summary>
        /// <param name="steps">How many, before what a trainer does.</param>
        /// <param name="breaks">
        /// Half-way the network is saved, and another goes on from its file. Files are the same on all platforms, as they are a
        /// part of the hash; so it does not matter on which one a file was written.
        /// </param>
        public string Run(int steps, bool breaks)
        {
            Hash(Parameters());
            Steps(0, steps / 2);
            byte[] file = CheckpointAfter.Save(_network);
            Hash(file);
            if (breaks)
            {
                Replace(file);
            }

            Steps(steps / 2, steps);
            _network.ForwardBatch(_inputs, _outputs);
            Hash(_outputs);
            Train(breaks);
            Diverge();
            return _hash.Finish();
        }

        // All that the file does not bring back is another's.
        private void Replace(byte[] file)
        {
            _network = _create();
            _network.Initialize(99);
            _network.Load(file);
        }

        private void Steps(int from, int to)
        {
            for (int step = from; step < to; step++)
            {
                Step(step);
                if (step % 100 == 99)
                {
                    Hash(_network.Evaluate(_inputs, _targets));
                    Hash(Parameters());
                }
            }
        }

        private void Step(int step)
        {
            int row = step % Rows;
            ReadOnlySpan<float> input = _inputs.AsSpan(row * _network.InputCount, _network.InputCount);
            ReadOnlySpan<float> target = _targets.AsSpan(row * _network.OutputCount, _network.OutputCount);
            Span<float> output = _outputs.AsSpan(0, _network.OutputCount);
            switch (step % 5)
            {
                case 0:
                    Hash(_network.TrainBatch(_inputs, _targets, 0.001f, degreeOfParallelism: 1 + (step % 3)));
                    break;
                case 1:
                    Hash(_network.TrainStep(input, target, 0.001f));
                    break;
                case 2:
                    int rows = 1 + (step % 20);
                    Hash(_network.TrainBatch(_inputs.AsSpan(0, rows * _network.InputCount), _targets.AsSpan(0, rows * _network.OutputCount), 0.001f));
                    break;
                case 3:
                    _network.Forward(input, output);
                    Hash(output);
                    Hash(_network.Backward(target, _inputGradient));
                    Hash(_inputGradient);
                    _network.BackwardFrom(output, _inputGradient);
                    Hash(_inputGradient);
                    _network.GetGradients(_parameters);
                    Hash(_parameters);
                    _network.Step(0.001f);
                    break;
                default:
                    _network.Forward(input, output);
                    Hash(_network.Backward(target));
                    _network.SgdStep(0.001f);
                    break;
            }
        }

        // Shuffling, schedules and the choice of what is held back.
        private void Train(bool breaks)
        {
            Trainer trainer = NewTrainer();
            TrainingResult result = trainer.Train(_inputs, _targets);
            Hash(result.BestLoss);
            Hash(Parameters());

            trainer.RestoreBestWeights = false;
            var saver = new CheckpointAfter(_network, epoch: 2);
            trainer.Train(_inputs, _targets, saver);
            if (breaks)
            {
                Replace(saver.File);
                trainer = NewTrainer();
                trainer.RestoreBestWeights = false;
                trainer.FirstEpoch = 3;
                trainer.Train(_inputs, _targets);
            }

            Hash(Parameters());
        }

        private Trainer NewTrainer() => new Trainer(_network)
        {
            Epochs = 5,
            BatchSize = 16,
            LearningRate = 0.002f,
            Schedule = LearningRateSchedule.Cosine().WithWarmup(2),
            ValidationFraction = 0.2f,
            Seed = 3,
        };

        // What is not a number must be the same everywhere, too.
        private void Diverge()
        {
            Span<float> output = _outputs.AsSpan(0, _network.OutputCount);
            _inputs[0] = float.NaN;
            _network.Forward(_inputs.AsSpan(0, _network.InputCount), output);
            Hash(output);
            _inputs[0] = float.PositiveInfinity;
            _network.Forward(_inputs.AsSpan(0, _network.InputCount), output);
            Hash(output);

            // Numbers from which little can be learned, a step far too long, and what becomes of the next ones.
            foreach (float large in new[] { 3e10f, 3e19f, 3e38f })
            {
                _inputs[0] = large;
                Hash(_network.TrainStep(_inputs.AsSpan(0, _network.InputCount), _targets.AsSpan(0, _network.OutputCount), 0.001f));
                Hash(_network.TrainBatch(_inputs, _targets, 0.001f));
                Hash(Parameters());
            }

            for (int step = 0; step < 3; step++)
            {
                Hash(_network.TrainBatch(_inputs, _targets, 1e30f));
                Hash(_network.TrainStep(_inputs.AsSpan(0, _network.InputCount), _targets.AsSpan(0, _network.OutputCount), 1e30f));
                Hash(Parameters());
            }
        }

        private float[] Parameters()
        {
            _network.GetParameters(_parameters);
            return _parameters;
        }

        // From −1 to 1, exactly.
        private float Next()
        {
            _random = unchecked((_random * 1664525) + 1013904223);
            return ((int)(_random >> 8) * (1f / (1 << 23))) - 1;
        }

        private void Hash(byte[] file) => _hash.Add(file);

        private void Hash(float value) => Hash(new[] { value });

        private void Hash(ReadOnlySpan<float> values) => _hash.Add(MemoryMarshal.AsBytes(values));
    }
}
