using System;
using System.IO;

namespace NetGen.Conformance
{
    /// <summary>Saves a network after an epoch of its training.</summary>
    internal sealed class CheckpointAfter : IProgress<TrainingProgress>
    {
        private readonly INetwork _network;
        private readonly int _epoch;

        public CheckpointAfter(INetwork network, int epoch)
        {
            _network = network;
            _epoch = epoch;
        }

        public byte[] File { get; private set; } = Array.Empty<byte>();

        public static byte[] Save(INetwork network)
        {
            using var file = new MemoryStream();
            network.Save(file, withOptimizer: true);
            return file.ToArray();
        }

        public void Report(TrainingProgress value)
        {
            if (value.Epoch == _epoch)
            {
                File = Save(_network);
            }
        }
    }
}
