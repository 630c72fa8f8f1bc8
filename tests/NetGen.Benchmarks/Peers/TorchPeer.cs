using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.Peers;

/// <summary>
/// PyTorch in a server of its own that stays open, so that its runs can be interleaved with ours; it times itself.
/// </summary>
public sealed class TorchPeer : IPeer
{
    // Which Python has PyTorch differs: the first on the path is often one for other purposes.
    private static readonly string[] Candidates = ["python3", "/usr/bin/python3", "/usr/local/bin/python3", "python"];

    private const double SlowGigaflops = 10;

    private readonly Process? _server;

    public TorchPeer()
    {
        if (Candidates.FirstOrDefault(python => Tool.Run(python, "-c", "import torch") is null) is not { } found)
        {
            Missing = "no python3 can import torch";
            return;
        }

        // Some BLAS libraries have threads of their own, which PyTorch's setting does not reach.
        var start = new ProcessStartInfo(found, [Repository.Native("torch_server.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["OMP_NUM_THREADS"] = "1", ["OPENBLAS_NUM_THREADS"] = "1", ["MKL_NUM_THREADS"] = "1" },
        };
        _server = Process.Start(start);

        // Whether PyTorch is a rival depends on the BLAS that the machine gives it.
        double gigaflops = double.Parse(Ask($"gemm"), CultureInfo.InvariantCulture);
        Note = string.Create(CultureInfo.InvariantCulture, $"PyTorch multiplies matrices at {gigaflops:F0} GFLOP/s")
            + (gigaflops < SlowGigaflops ? ": its BLAS is the slow reference one (Debian: apt install libopenblas0-pthread)" : "");
    }

    public string Name => "PyTorch";

    public string? Missing { get; }

    public string? Note { get; }

    public IPeerNetwork Prepare(Problem problem) => new Network(this, problem);

    public void Dispose()
    {
        if (_server is null)
        {
            return;
        }

        // The end of its input ends the server.
        _server.StandardInput.Close();
        if (!_server.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _server.Kill();
        }

        _server.Dispose();
    }

    private string Ask(FormattableString command)
    {
        _server!.StandardInput.WriteLine(FormattableString.Invariant(command));
        _server.StandardInput.Flush();
        return _server.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server of PyTorch ended; its error stands above.");
    }

    private sealed class Network : IPeerNetwork
    {
        private readonly TorchPeer _peer;

        public Network(TorchPeer peer, Problem problem)
        {
            _peer = peer;
            string path = Path.Combine(Repository.Artifacts, $"torch-{problem.Shape}.bin");
            using (FileStream file = File.Create(path))
            {
                foreach (float[] part in new[] { problem.Parameters, problem.Inputs, problem.Targets })
                {
                    file.Write(MemoryMarshal.AsBytes(part.AsSpan()));
                }
            }

            peer.Ask($"load {problem.Shape} {Problem.Rows} {Problem.Rate} {path}");
        }

        public Run this[Operation operation] => calls =>
            double.Parse(_peer.Ask($"run {operation} {calls}"), CultureInfo.InvariantCulture);

        public float[] Predict(int row) =>
            [.. _peer.Ask($"predict {row}").Split(' ').Select(number => float.Parse(number, CultureInfo.InvariantCulture))];

        // The server holds one network and forgets it at the next.
        public void Dispose()
        {
        }
    }
}
