using MailAdmin.Core.Passwords;

namespace MailAdmin.Core.Tests.Passwords;

/// <summary>Made by libxcrypt's crypt(3) and by openssl passwd, not by us.</summary>
public static class CryptVectors
{
    private const string Plain = "Kilo7-gamma";
    private const string Umlauts = "pässwörd€9-Ärger";
    private const string Awkward = """a1"b'c$d%e\f&g;h <x>""";

    public static TheoryData<string, string> Bcrypt => new()
    {
        { Plain, "$2a$04$abcdefghijklmnopqrstuu7kagq8rv0l//LM3E/yleaDMRF7Knbsm" },
        { Plain, "$2b$04$abcdefghijklmnopqrstuu7kagq8rv0l//LM3E/yleaDMRF7Knbsm" },
        { Plain, "$2y$04$abcdefghijklmnopqrstuu7kagq8rv0l//LM3E/yleaDMRF7Knbsm" },
        { Umlauts, "$2a$04$abcdefghijklmnopqrstuu/5VcOISZiFGs/fe1zba3p90xP8GyEdm" },
        { Umlauts, "$2b$04$abcdefghijklmnopqrstuu/5VcOISZiFGs/fe1zba3p90xP8GyEdm" },
        { Umlauts, "$2y$04$abcdefghijklmnopqrstuu/5VcOISZiFGs/fe1zba3p90xP8GyEdm" },
        { Awkward, "$2a$04$abcdefghijklmnopqrstuuemGh4XzOWoTRYyUfEUL0do/QcuEbgme" },
        { Awkward, "$2b$04$abcdefghijklmnopqrstuuemGh4XzOWoTRYyUfEUL0do/QcuEbgme" },
        { Awkward, "$2y$04$abcdefghijklmnopqrstuuemGh4XzOWoTRYyUfEUL0do/QcuEbgme" },
    };

    public static TheoryData<string, string> Imported => new()
    {
        { Plain, "$6$O8Twqy9D427.g/6W$RhMsjVBldU3SgVYkTileGme9ZeTualYnPXvlKSUQXQrffy5vo.MNU.CbFvaLiC1fsnwZ8jfDZONGY/KzPhvC.0" },
        { Plain, "$5$PIjHhEq/RX0U.8Zf$frZXwhdEv0GabN7s97UqCO7H2O4/b0Ur4JqWXyeVPU5" },
        { Plain, "$1$7jDrLVwM$EPeHCw8w9y.L1L5kUbsni1" },
        { Plain, "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$ne3TR.8cYthFpXBgxxZgedf5e2gKG07dMl3irSylpg9" },
        { Plain, "$6$rounds=1000$saltstring$qDFKQeAHpJ4BPlaK9hio0TkaSIeN/6kU0SUtGh5DJxuifh5LcNttdchUyk4Mid4stvNn.o3bu6krSMXeU03WH." },
        { Plain, "$5$rounds=1000$s$AQCqDQloOXgZXlEhQxQYYFChKJuXSIufntUQJRYzAc0" },
        { Umlauts, "$6$4W7Xqfp9dncJQo40$tw3O5shK5tXuulyXiFLGj8QXHPjs0TPQFob2YILs8PfvZ8ovfag0gIByEyA/nKU5y6V5oAKfxf.0mcRH78lVf/" },
        { Umlauts, "$5$f3nOfs/8hBrliQ77$d2ZD/y1Lx2Jq.tFbFCVnxDPET7ZUvpRkGd4n4UL7uY/" },
        { Umlauts, "$1$LNKIz82Q$i.Wp2j05.GGnn3JLIvKLO." },
        { Umlauts, "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$KjhVR6JFXToTPQ//lUWgrk/CUg5PboM5700ThSkRUWD" },
        { Awkward, "$6$6Xj8JMbE6oTbIULt$qXjdmzotVZlEf9Sd9LaLOtzxtCYQtYRMV.f5xLmuJzTvhq2zJhL8vau5b63VqvSXO1iysRn5LebvUzyCyLTga/" },
        { Awkward, "$5$EpqzBXaMu5lpGvf8$DaNdMv8oDFNZLB.EacFgV2mNXvIfAmJrKITCt4KcBAA" },
        { Awkward, "$1$B8sZb/cr$Z2ZTLlcLUTC76Xk5YZw9p/" },
        { Awkward, "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$bU5zlUJaj2kf5zPMmU/aaswfNb8rhyad39wyPr8ZdP6" },
        { Plain, "$6$openssl$sdwVzYHVNXx23joby5JdEp7YiS9XPsyDbRJAmOtpQfivXxLt/gOvfqbhy3r8dZlxtsy6Owkm.pcvlGJr2O2ZR." },
        { Plain, "$5$openssl$.fWdKeIPv1smCReci5q57RauzkwLUE95pi9UW4w0HG3" },
        { Plain, "$1$openssl$CnD8bCQAmySy.55G6pngP/" },
        { Umlauts, "$6$openssl$jztzlzbAtT6y.RLyEdclgc2y3RJNR/.JnVuR7w7rn55bVfV13EryfyUAADdIsxoMAfSF95a6k2Iod.8pjstvp1" },
        { Umlauts, "$5$openssl$3O2fLeVxDJWp5HPZL.FC7mYDboDVCsRQcPdjzGV7b6A" },
        { Umlauts, "$1$openssl$v6u3KZku/3jRgUta0extS1" },
        { Awkward, "$6$openssl$/UoSg6./ZdG3Voqzw4guzwYqTrbol9bagV8HM1aJdvislj9Qq4Qeh2ZtuXq8bB0B83gPKok0T8BrN0XseLdeU/" },
        { Awkward, "$5$openssl$YaQ6CzuJxwaXuettclB8wbZYE0Bc.B7yQ.Jng49w4eC" },
        { Awkward, "$1$openssl$EVx2wAO2tpae8GpBCiZJD0" },
    };

    public static TheoryData<PasswordScheme, string> Others
    {
        get
        {
            var data = new TheoryData<PasswordScheme, string>();
            foreach (var row in Imported) data.Add(SchemeOf(row.Data.Item2), row.Data.Item2);
            return data;
        }
    }

    private static PasswordScheme SchemeOf(string text) => text[1] switch
    {
        '6' => PasswordScheme.Sha512,
        '5' => PasswordScheme.Sha256,
        '1' => PasswordScheme.Md5,
        _ => PasswordScheme.Yescrypt,
    };
}
