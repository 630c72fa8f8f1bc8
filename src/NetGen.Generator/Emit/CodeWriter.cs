using System.Text;

namespace NetGen.Generator;

/// <summary>Text with indentation and \n line ends.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Characters so far.</summary>
    public int Length => _text.Length;

    /// <summary>Writes one line, or several where the text has line breaks; an empty text is an empty line.</summary>
    public void Line(string text = "")
    {
        // Nearly all lines are one.
        for (int start = 0; start <= text.Length;)
        {
            int end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            if (end > start)
            {
                _text.Append(' ', 4 * _depth).Append(text, start, end - start);
            }

            _text.Append('\n');
            start = end + 1;
        }
    }

    /// <summary>
    /// Marks the next member as generated. On the class the mark would cover the user's own part, which coverage tools
    /// would then skip.
    /// </summary>
    public void Generated() =>
        Line($"[global::System.CodeDom.Compiler.GeneratedCode(\"{Tool.Name}\", \"{Tool.Version}\")]");

    /// <summary>Opens a brace; disposing closes it.</summary>
    public Block Braces(string header, string end = "}")
    {
        Line(header);
        return Open(end);
    }

    /// <summary>Opens a brace by itself.</summary>
    public Block Braces() => Open("}");

    public override string ToString() => _text.ToString();

    private Block Open(string end)
    {
        Line("{");
        _depth++;
        return new Block(this, end);
    }

    private void Close(string end)
    {
        _depth--;
        Line(end);
    }

    public readonly struct Block(CodeWriter writer, string end) : IDisposable
    {
        public void Dispose() => writer.Close(end);
    }
}
