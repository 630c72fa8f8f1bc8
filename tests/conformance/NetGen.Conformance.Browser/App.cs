using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.Intrinsics;
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
            await Write($"# vectors of 4: {Vector128.IsHardwareAccelerated}, of 8: {Vector256.IsHardwareAccelerated}, of 16: {Vector512.IsHardwareAccelerated}");
            foreach (string line in Suite.Run(Steps))
            {
                await Write(line);
            }

            await Write($"# {Steps} steps of all: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
            var timing = new Timing(new Digits());
            await Write($"# 64-32-10 forward: {timing.OfForward():0.00} µs a call");
            await Write($"# 64-32-10 training step: {timing.OfTrainStep():0.00} µs a call");
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
