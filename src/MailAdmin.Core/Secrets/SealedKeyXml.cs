using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Secrets;

/// <summary>Encrypts the data protection keys, which are rows of the database, with the panel's key, which is not in it.</summary>
internal sealed class SealedKeyXml(PanelKey key) : IXmlEncryptor
{
    public const string Purpose = "MailAdmin.DataProtection";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var text = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var box = SecretBox.Seal(key.DeriveFor(Purpose), text, []);
        return new EncryptedXmlInfo(new XElement("sealed", Convert.ToBase64String(box)), typeof(SealedKeyXmlReader));
    }
}

/// <summary>Data protection creates it by its type name, which is stored with each encrypted key.</summary>
internal sealed class SealedKeyXmlReader : IXmlDecryptor
{
    private readonly PanelKey _key;

    public SealedKeyXmlReader(IServiceProvider services) => _key = services.GetRequiredService<PanelKey>();

    public XElement Decrypt(XElement encryptedElement)
    {
        var text = SecretBox.Open(_key.DeriveFor(SealedKeyXml.Purpose), Convert.FromBase64String(encryptedElement.Value), [])
            ?? throw new CryptographicException("This key of data protection was encrypted with another key file.");
        return XElement.Parse(Encoding.UTF8.GetString(text));
    }
}
