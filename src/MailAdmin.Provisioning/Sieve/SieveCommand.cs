using System.Globalization;
using System.Text;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>Writes commands (RFC 5804, section 4): lengths are in octets, and literals are non-synchronizing.</summary>
internal static class SieveCommand
{
    // A server need not accept a longer quoted string.
    private const int MaxQuoted = 1024;

    public static byte[] Of(string command, params ReadOnlySpan<string> arguments)
    {
        var line = new List<byte>(Encoding.ASCII.GetBytes(command));
        foreach (var argument in arguments)
        {
            line.Add((byte)' ');
            line.AddRange(StringOf(argument));
        }
        return [.. line, (byte)'\r', (byte)'\n'];
    }

    /// <summary>A command with a number after the name, such as HAVESPACE.</summary>
    public static byte[] Of(string command, string argument, int number) =>
        [.. Of(command, argument)[..^2], .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $" {number}\r\n"))];

    // Cyrus 3.6 does not read UTF-8 in quoted strings, although RFC 5804 allows it; it reads everything in literals.
    private static byte[] StringOf(string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        return octets.Length <= MaxQuoted && octets.All(o => o is >= (byte)' ' and < 0x7f and not (byte)'"' and not (byte)'\\')
            ? [(byte)'"', .. octets, (byte)'"']
            : [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{{octets.Length}+}}\r\n")), .. octets];
    }
}
