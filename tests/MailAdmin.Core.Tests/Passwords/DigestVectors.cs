namespace MailAdmin.Core.Tests.Passwords;

/// <summary>Made by htpasswd, by openssl (kdf, dgst) and by Python's crypt and hashlib, not by us.</summary>
public static class DigestVectors
{
    private const string Plain = "Kilo7-gamma";
    private const string Umlauts = "pässwörd€9-Ärger";

    public static TheoryData<string, string> All => new()
    {
        { Plain, "abHJTUKpCbp5o" },
        { "Kilo7-ga", "3/vT61xlx/ZbQ" },
        { Plain, "{SHA}sdcpk5iz57IB3l3w7FsRvM88GYg=" },
        { Plain, "{SSHA}uNqjcS0119nPwiQ/TGiQGpVRL5JOYUNs" },
        { Plain, "{SSHA256}ddlDctFX0zU+GX3KrGCCD8SbeM+zQUXhJ/ptMC1QRuNOYUNs" },
        { Plain, "{SSHA512}LjY9YAsnilERqYqDAs9501Hz8jbJ7nPbrnTKGwSkktcvyQe8FSjGBWfrEyPzLeukaxPPvluillqpR08HjGIjtE5hQ2w=" },
        { Plain, "{SMD5}J5VAZceSnENg7iNizBy1uE5hQ2w=" },
        { Plain, "{PLAIN-MD5}65513d1ddab4dba8d228e2eed73cbe35" },
        { Plain, "{SHA512}9IbBcEh8bN4jXAawCdUepuUv33u9thZG8dOpgGIpJa2Pw22dasgKlodW+m1KVOuA/sAaY926A/o/QA1MUnuwXg==" },
        { Plain, "{SHA256.hex}691faf07483c1a76b795acbad0fbf1bd8a7b3ec91e086fa7ff96082ee176430b" },
        { Plain, "{PBKDF2}$1$0123456789abcdef$5000$0451d0cc2af8d34698f9ce476fa6de1769f54974" },
        { Umlauts, "{SSHA}deCojT5HsHiwOzv9RJUEYuMWnOlzYWx6IQ==" },
        { Umlauts, "$pbkdf2$29000$8PHy8/T19vf4.fr7/P3./w$Mz3.nTMFVnd77wv5vHjk7Xe9MdA" },
        { Umlauts, "$pbkdf2-sha256$29000$8PHy8/T19vf4.fr7/P3./w$5iCSC0L4GQ2mbtUt9puRTVVyt9xingF4b0SPm.OVfVY" },
        { Umlauts, "$pbkdf2-sha512$29000$8PHy8/T19vf4.fr7/P3./w$nUQDgGYgl39saCtw/6Pomgl5NWSn.BGB5NfxImfNJaoXOe/buJJYtC382t2A6OLv6m.d/cHRVo1Z/IHDrxaHcw" },
    };
}
