using System;
using System.Collections.Generic;
using System.Text;

namespace NetGen.Conformance
{
    /// <summary>The networks that every platform trains, and the lines that it prints.</summary>
    internal static class Suite
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

        /// <summary>A line for each network as soon as it is trained, and one for all of them.</summary>
        public static IEnumerable<string> Run(int steps)
        {
            var all = new Sha256();
            foreach ((string name, Func<INetwork> create, bool isClass) in Networks)
            {
                string hash = new Curriculum(create, isClass).Run(steps, breaks: false);
                bool resumes = new Curriculum(create, isClass).Run(steps, breaks: true) == hash;
                string line = $"{hash}  {name}" + (resumes ? "" : ", which goes on otherwise from a file");
                all.Add(Encoding.UTF8.GetBytes(line));
                yield return line;
            }

            yield return $"{all.Finish()}  all";
        }
    }
}
