using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace NetGen.Conformance
{
    /// <summary>Writes the lines to the page and to the console, where a script reads them.</summary>
    public sealed class App : ComponentBase
    {
        private const int Steps = 1000;

        private readonly List<string> _lines = [];

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "pre");
            builder.AddContent(1, string.Join('\n', _lines));
            builder.CloseElement();
        }

        protected override async Task OnInitializedAsync()
        {
            long start = Stopwatch.GetTimestamp();
            await Write($"# vectors of {Platform.VectorBits} bits");
            foreach (string line in Suite.Run(Steps))
            {
                await Write(line);
            }

            await Write($"# {Steps} steps of all: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
            foreach (string line in Timing.Lines())
            {
                await Write($"# {line}");
            }

            await Write("# done");
        }

        private async Task Write(string line)
        {
            Console.WriteLine(line);
            _lines.Add(line);
            StateHasChanged();

            // The page has one thread: it is drawn while this waits.
            await Task.Delay(1);
        }
    }
}
