using System.Text;

namespace NetGen.Tool;

internal static class Program
{
    public static int Main(string[] args)
    {
        // Formulas have letters that the code pages of old consoles lack.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return CommandLine.Run(args, ToolContext.OfProcess());
    }
}
