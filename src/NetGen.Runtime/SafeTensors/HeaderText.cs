using System.Text;

namespace NetGen.SafeTensors;

/// <summary>
/// Reads the JSON of a safetensors header, which is objects, strings and whole numbers only. What it does not understand
/// it refuses, with the place.
/// </summary>
/// <param name="json">UTF-8.</param>
internal ref struct HeaderText(ReadOnlySpan<byte> json)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _json = json;
    private int _position = 0;

    /// <summary>Passes over white space and one character, which must be the next.</summary>
    public void Expect(char wanted)
    {
        if (!Skip(wanted))
        {
            throw Error($"expected '{wanted}'");
        }
    }

    /// <summary>Passes over white space, after which there must be nothing more.</summary>
    public void ExpectEnd()
    {
        SkipSpace();
        if (_position < _json.Length)
        {
            throw Error("expected the end of the header");
        }
    }

    /// <summary>Goes to the next member of an object or of an array; false at its end, which is passed over.</summary>
    /// <param name="isFirst">True before the first, after which there is a comma.</param>
    /// <param name="end">The bracket that ends it.</param>
    public bool Next(ref bool isFirst, char end)
    {
        if (isFirst)
        {
            isFirst = false;
            return !Skip(end);
        }

        if (Skip(','))
        {
            return true;
        }

        Expect(end);
        return false;
    }

    /// <summary>A whole number that is not negative and fits a long.</summary>
    public long Number()
    {
        SkipSpace();
        int start = _position;
        long number = 0;
        while (_position < _json.Length && _json[_position] is >= (byte)'0' and <= (byte)'9')
        {
            int digit = _json[_position] - '0';
            if (number > (long.MaxValue - digit) / 10)
            {
                throw Error("the number is too large");
            }

            number = (number * 10) + digit;
            _position++;
        }

        bool isWhole = _position > start && (_json[start] != '0' || _position == start + 1);
        return isWhole ? number : throw Error("expected a whole number");
    }

    public string Text()
    {
        Expect('"');
        int start = _position;
        var text = new StringBuilder();
        while (true)
        {
            int plain = _json.Slice(_position).IndexOfAny((byte)'"', (byte)'\\');
            if (plain < 0)
            {
                _position = start;
                throw Error("the text has no end");
            }

            Append(_json.Slice(_position, plain), text);
            _position += plain;
            if (_json[_position++] == '"')
            {
                return Whole(text.ToString());
            }

            text.Append(Escaped());
        }
    }

    public readonly Exception Error(string what) => new InvalidDataException($"Byte {8 + _position} of the safetensors file: {what}.");

    private bool Skip(char wanted)
    {
        SkipSpace();
        bool isNext = _position < _json.Length && _json[_position] == wanted;
        _position += isNext ? 1 : 0;
        return isNext;
    }

    private void SkipSpace()
    {
        while (_position < _json.Length && _json[_position] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            _position++;
        }
    }

    private readonly void Append(ReadOnlySpan<byte> plain, StringBuilder text)
    {
        foreach (byte character in plain)
        {
            if (character < ' ')
            {
                throw Error("a control character in a text");
            }
        }

        try
        {
            text.Append(Strict.GetString(plain.ToArray()));
        }
        catch (DecoderFallbackException)
        {
            throw Error("a text that is no UTF-8");
        }
    }

    private char Escaped()
    {
        char escape = _position < _json.Length ? (char)_json[_position++] : '\0';
        return escape switch
        {
            '"' or '\\' or '/' => escape,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => Hexadecimal(),
            _ => throw Error("an escape that JSON does not have"),
        };
    }

    private char Hexadecimal()
    {
        int code = 0;
        for (int i = 0; i < 4; i++)
        {
            int digit = _position < _json.Length ? "0123456789abcdef".IndexOf(char.ToLowerInvariant((char)_json[_position])) : -1;
            if (digit < 0)
            {
                throw Error("expected four hexadecimal digits");
            }

            code = (code * 16) + digit;
            _position++;
        }

        return (char)code;
    }

    // Half of a pair of surrogates can be escaped, and is no text.
    private readonly string Whole(string text)
    {
        try
        {
            Strict.GetByteCount(text);
            return text;
        }
        catch (EncoderFallbackException)
        {
            throw Error("a text with half a character");
        }
    }
}
