using System.Text;

namespace MailAdmin.Core.SecondFactors;

/// <summary>RFC 4648, section 6, without padding: authenticator apps accept it, and it can be read aloud.</summary>
public static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int BitsPerCharacter = 5;

    public static string Encode(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder((octets.Length * 8 + BitsPerCharacter - 1) / BitsPerCharacter);
        var (buffer, bits) = (0, 0);
        foreach (var octet in octets)
        {
            buffer = ((buffer << 8) | octet) & 0xffff;
            for (bits += 8; bits >= BitsPerCharacter; bits -= BitsPerCharacter) text.Append(
                Alphabet[(buffer >> (bits - BitsPerCharacter)) & 31]);
        }
        if (bits > 0) text.Append(Alphabet[(buffer << (BitsPerCharacter - bits)) & 31]);
        return text.ToString();
    }
}
