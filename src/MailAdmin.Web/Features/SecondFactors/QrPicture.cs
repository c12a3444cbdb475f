using System.Globalization;
using System.Text;
using QRCoder;

namespace MailAdmin.Web.Features.SecondFactors;

/// <summary>
/// A QR code as a single SVG path in the page: it needs no style and no image URL, so the Content-Security-Policy needs no exception, and
/// nothing caches it.
/// </summary>
/// <param name="Size">Modules on each side, including the quiet zone.</param>
/// <param name="Path">The dark modules, row by row.</param>
public sealed record QrPicture(int Size, string Path)
{
    public static QrPicture Of(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < code.ModuleMatrix.Count; y++)
        {
            for (var x = 0; x < code.ModuleMatrix[y].Count; x++)
            {
                if (code.ModuleMatrix[y][x]) path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
            }
        }
        return new(code.ModuleMatrix.Count, path.ToString());
    }
}
