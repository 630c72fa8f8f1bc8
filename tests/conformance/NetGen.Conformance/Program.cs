using System;
using System.Collections.Generic;

namespace NetGen.Conformance
{
    internal static class Program
    {
        private const int Steps = 1000;

        /// <summary>Prints the hashes; with <c>time</c>, how long calls take instead.</summary>
        private static void Main(string[] arguments)
        {
            Console.Error.WriteLine($"# vectors of {Platform.VectorBits} bits");
            IEnumerable<string> lines = arguments.Length > 0 && arguments[0] == "time" ? Timing.Lines() : Suite.Run(Steps);
            foreach (string line in lines)
            {
                Console.WriteLine(line);
            }
        }
    }
}
