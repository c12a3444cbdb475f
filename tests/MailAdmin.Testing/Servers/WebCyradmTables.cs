using MailAdmin.Provisioning.Takeovers;

namespace MailAdmin.Testing.Servers;

/// <summary>A web-cyradm database with rows as its pages write them, and some that are broken.</summary>
public static class WebCyradmTables
{
    // crypt(3) of CoreFixture.GoodPassword with the password itself as the salt, as web-cyradm does.
    private const string Hash = "ZemrsnGTFZ8gU";

    private const string Statements = """
        CREATE TABLE domain (domain_name varchar(255), prefix varchar(50), maxaccounts int, quota int, domainquota int,
          transport varchar(255) DEFAULT 'cyrus', freenames varchar(3) DEFAULT 'NO', freeaddress varchar(3) DEFAULT 'NO');
        CREATE TABLE accountuser (username varchar(255), password varchar(50), prefix varchar(50) DEFAULT '',
          domain_name varchar(255) DEFAULT '',
          imap int DEFAULT {0}, pop int DEFAULT {0}, sieve int DEFAULT {0}, smtpauth int DEFAULT {0});
        CREATE TABLE {1}virtual{1} (alias varchar(255), dest text, username varchar(255) DEFAULT '', status int DEFAULT 1);
        CREATE TABLE adminuser (username varchar(50), password varchar(50), type int);
        CREATE TABLE domainadmin (domain_name varchar(255), adminuser varchar(255));
        INSERT INTO domain (domain_name, prefix, maxaccounts, quota, domainquota, transport, freenames) VALUES
          ('exemple.be', 'exemple', 2, 25000, 0, 'cyrus', 'NO'), ('free.example', 'fr', 20, 20000, 0, 'cyrus', 'YES'),
          ('dots.example', 'dots.example', 20, 0, 0, 'cyrus', 'NO'), ('other.example', 'oth', 20, 0, 0, 'cyrus', 'NO'),
          ('moved.example', 'mov', 20, 0, 0, 'smtp:[192.0.2.9]', 'NO'), ('news.example', 'news', 20, 0, 0, 'uucp:uu', 'NO');
        INSERT INTO accountuser (username, password, prefix, domain_name) VALUES
          ('cyrus', 'x', '', ''), ('exemple0001', '{2}', 'exemple', 'exemple.be'), ('exemple0002', '{2}', 'exemple', 'exemple.be'),
          ('exemple0004', '*5AF2', 'exemple', 'exemple.be'), ('Marie', '{2}', 'fr', 'free.example'),
          ('jan.dots.example', '{2}', 'dots.example', 'dots.example'), ('lost0001', '{2}', 'lost', 'gone.example'),
          ('silent', '{2}', 'fr', 'free.example');
        INSERT INTO {1}virtual{1} (alias, dest, username, status) VALUES
          ('gugus@exemple.be', 'exemple0001', 'exemple0001', 1), ('Dupont@exemple.be', 'exemple0001', 'exemple0001', 1),
          ('two@exemple.be', 'exemple0002', 'exemple0002', 1), ('four@exemple.be', 'exemple0004', 'exemple0004', 1),
          ('marie@free.example', 'Marie', 'Marie', 1), ('jan@dots.example', 'jan.dots.example', 'jan.dots.example', 1),
          ('marie@exemple.be', 'Marie', 'Marie', 1), ('silent@free.example', 'silent', 'silent', 0),
          ('@exemple.be', 'exemple0001', 'exemple0001', 1),
          ('team@exemple.be', 'exemple0001', 'exemple.be', 1), ('team@exemple.be', 'friend@far.example', 'exemple.be', 1),
          ('exemple0002', 'two@far.example,exemple0002', '', 1), ('jan.dots.example', 'jan@far.example', '', 1),
          ('@other.example', '@exemple.be', '', 1),
          ('ghost0009', 'nobody@far.example', '', 1), ('old@exemple.be', 'ghost0009', 'exemple.be', 1);
        INSERT INTO adminuser VALUES ('jens', 'x', 2);
        INSERT INTO domainadmin VALUES ('exemple.be', 'jens');
        """;

    /// <summary>The statements that make and fill its tables.</summary>
    public static string For(SourceKind kind) => Statements
        .Replace("{0}", kind == SourceKind.MySql ? "1" : "0", StringComparison.Ordinal)
        .Replace("{1}", kind == SourceKind.MySql ? "`" : "\"", StringComparison.Ordinal)
        .Replace("{2}", Hash, StringComparison.Ordinal);
}
