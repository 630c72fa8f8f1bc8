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
        foreach (string line in text.Split('\n'))
        {
            if (line.Length > 0)
            {
                _text.Append(' ', 4 * _depth).Append(line);
            }

            _text.Append('\n');
        }
    }

    /// <summary>
    /// Marks the next member as generated. On the class the mark would cover the user's own part, which coverage tools
    /// would then skip.
    /// </summary>
    public void Generated() =>
        Line($"[global::System.CodeDom.Compiler.GeneratedCode(\"{Tool.Name}\", \"{Tool.Version}\")]");

    /// <summary>Opens a brace; disposing closes it.</summary>
    public Block Braces(string header)
    {
        Line(header);
        return Braces();
    }

    /// <summary>Opens a brace by itself.</summary>
    public Block Braces()
    {
        Line("{");
        _depth++;
        return new Block(this);
    }

    public override string ToString() => _text.ToString();

    private void Close()
    {
        _depth--;
        Line("}");
    }

    public readonly struct Block(CodeWriter writer) : IDisposable
    {
        public void Dispose() => writer.Close();
    }
}
