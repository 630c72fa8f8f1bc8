using System;

namespace NetGen.Conformance
{
    internal static class Program
    {
        private static void Main(string[] arguments)
        {
            int steps = arguments.Length > 0 ? int.Parse(arguments[0]) : 1000;
            foreach (string line in Suite.Run(steps))
            {
                Console.WriteLine(line);
            }
        }
    }
}
