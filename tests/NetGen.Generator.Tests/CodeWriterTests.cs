namespace NetGen.Generator.Tests;

public class CodeWriterTests
{
    [Fact]
    public void Blocks_indent_and_empty_lines_have_no_spaces()
    {
        var writer = new CodeWriter();
        writer.Line("a");
        using (writer.Braces("b"))
        {
            writer.Line("c");
            writer.Line();
            using (writer.Braces("d"))
            {
                writer.Line("e\n\nf");
            }
        }

        writer.Line("g");

        Assert.Equal("a\nb\n{\n    c\n\n    d\n    {\n        e\n\n        f\n    }\n}\ng\n", writer.ToString());
    }
}
