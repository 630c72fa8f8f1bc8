using System;
using System.Text;

namespace NetGen.Conformance
{
    internal static class Program
    {
        private static readonly (string Name, Func<INetwork> Create, bool IsClass)[] Networks =
        {
            (nameof(Narrow), () => new Narrow(), false),
            (nameof(OfLanes), () => new OfLanes(), false),
            (nameof(OfPanels), () => new OfPanels(), false),
            (nameof(OfTwoPanels), () => new OfTwoPanels(), false),
            (nameof(Digits), () => new Digits(), true),
            (nameof(OfProbabilities), () => new OfProbabilities(), false),
            (nameof(Fast), () => new Fast(), false),
            (nameof(WrittenOut), () => new WrittenOut(), false),
            (nameof(OfFile), () => new OfFile(), false),
        };

        private static void Main(string[] arguments)
        {
            int steps = arguments.Length > 0 ? int.Parse(arguments[0]) : 1000;
            var all = new Sha256();
            foreach ((string name, Func<INetwork> create, bool isClass) in Networks)
            {
                string hash = new Curriculum(create(), isClass).Run(steps);
                all.Add(Encoding.UTF8.GetBytes(hash));
                Console.WriteLine($"{hash}  {name}");
            }

            Console.WriteLine($"{all.Finish()}  all");
        }
    }
}
