using System.Text;

namespace Attune.Cli;

/// <summary>Passes text on without the blanks at the ends of lines that tables are padded with.</summary>
internal sealed class LineWriter(TextWriter inner) : TextWriter
{
    private int blanks;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        if (value == ' ')
        {
            blanks++;
            return;
        }
        if (value is not ('\n' or '\r'))
            for (; blanks > 0; blanks--)
                inner.Write(' ');
        blanks = 0;
        inner.Write(value);
    }

    public override void Flush() => inner.Flush();
}
