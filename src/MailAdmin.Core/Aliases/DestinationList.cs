namespace MailAdmin.Core.Aliases;

/// <summary>Takes apart what people paste into a destination field: one a line, or separated by commas, semicolons or spaces. Blank items are nothing.</summary>
public static class DestinationList
{
    private static readonly char[] Separators = ['\r', '\n', ',', ';', ' ', '\t', '\u00a0'];

    public static IReadOnlyList<string> Split(string? text) =>
        (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
