using System.Text.Json.Nodes;
using MailAdmin.Provisioning.Logins;
using MailAdmin.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Web.Tests.Hosting;

/// <summary>What the settings file may contain, and the messages about what is wrong in it.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly SettingsFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void What_the_documentation_shows_is_read()
    {
        var example = File.ReadAllText(SourceFiles.At("docs", "operations", "settings.md")).Split("```")[1]["json".Length..];
        File.WriteAllText(_file.Path, example);

        var settings = SettingsReader.Read(new ConfigurationBuilder().AddJsonFile(_file.Path).Build(), _file.Path);

        Assert.Equal(
            ("imap.example.org", "imap.example.org", 4190, true),
            (settings.Cyrus!.Host, settings.Sieve.Host, settings.Sieve.Port, settings.Logins.OwnProcess));
    }

    [Fact]
    public void Every_setting_that_the_documentation_names_exists()
    {
        var rows = File.ReadLines(SourceFiles.At("docs", "operations", "settings.md"))
            .SkipWhile(l => !l.StartsWith("| setting |", StringComparison.Ordinal)).TakeWhile(l => l.StartsWith('|'));
        var named = rows.Select(row => row.Split('|')[1]).SelectMany(cell => cell.Split('`').Where((_, i) => i % 2 == 1)).ToList();
        Assert.True(named.Count > 40);

        Assert.All(named, key => Assert.True(Exists(key), key));
    }

    [Theory]
    [InlineData("Deadline", "00:00:07", "00:00:07")]
    [InlineData("Backlog", 2048, "2048")]
    [InlineData("MaxConnections", 500, "500")]
    [InlineData("CacheLifetime", "01:00:00", "01:00:00")]
    [InlineData("CacheSize", 1234, "1234")]
    [InlineData("LastLoginInterval", "00:00:30", "00:00:30")]
    [InlineData("Socket", "/run/here/mux", "/run/here/mux")]
    [InlineData("SocketGroup", "sasl", "sasl")]
    [InlineData("OwnProcess", true, "True")]
    public void Each_login_option_can_be_set_from_the_file(string option, object value, string read)
    {
        _file["Logins:Socket"] = "/run/mailadmin/mux";
        _file["Logins:" + option] = JsonValue.Create(value);
        var services = new ServiceCollection();

        services.AddLogins(_file.Read());

        var options = services.BuildServiceProvider().GetRequiredService<LoginOptions>();
        Assert.Equal(read, typeof(LoginOptions).GetProperty(option)!.GetValue(options)!.ToString());
    }

    [Fact]
    public void Sending_has_its_options_from_the_file_too()
    {
        _file["Sending:Socket"] = "/run/mailadmin/policy";
        _file["Sending:MaxConnections"] = 50;
        Assert.Equal(("/run/mailadmin/milter", 50), (_file.Read().Sending.MilterSocket, _file.Read().Sending.MaxConnections));

        _file["Sending:Milter"] = "/run/elsewhere";
        Assert.Equal("/run/elsewhere", _file.Read().Sending.MilterSocket);
    }

    [Theory]
    [InlineData("Maps:RebuildAbove", 0, "Maps:RebuildAbove is 0; it has to be 1 or more.")]
    [InlineData("Maps:Interval", "00:00:00", "Maps:Interval is 0:00:00; it has to be 0:00:00.05 to 0:10:00.")]
    [InlineData("Maps:Settle", "5", "Maps:Settle is 5:0:00:00; it has to be 0:00:00 to 1:0:00:00.")]
    [InlineData("Maps:Folder", "/var/lib/mailadmin/maps", "Maps:Host is missing: with Maps:Folder this mail host needs a name.")]
    [InlineData("Maps:Hostname", "mx example", "Maps:Hostname is 'mx example'; it has to be a domain name.")]
    [InlineData("Database", "", "Database is missing.")]
    [InlineData("Store:Name", null, "Store:Name is missing.")]
    [InlineData("Store:Name", "no domain", "Store:Name is 'no domain'; it has to be a domain name.")]
    [InlineData("Store:NextHop", null, "Store:NextHop is missing.")]
    [InlineData("Logins:Backlog", 8, "Logins:Backlog is 8; it has to be 16 to 4096.")]
    [InlineData("Logins:Deadline", "00:05:00", "Logins:Deadline is 0:05:00; it has to be 0:00:00.1 to 0:01:00.")]
    [InlineData("Sending:MaxConnections", 1, "Sending:MaxConnections is 1; it has to be 10 to 100000.")]
    [InlineData("Passwords:Cost", 20, "Passwords:Cost is 20; it has to be 4 to 14.")]
    [InlineData("Sessions:IdleMinutes", 1, "Sessions:IdleMinutes is 1; it has to be 5 to 1440.")]
    [InlineData("Vacations:MinimumDays", 100, "Vacations:MaximumDays is 90; it has to be at least Vacations:MinimumDays, 100.")]
    [InlineData("Vacations:LookHour", 24, "Vacations:LookHour is 24; it has to be 0 to 23.")]
    [InlineData("Doctor:LeastFreeMiB", -1, "Doctor:LeastFreeMiB is -1; it has to be 0 or more.")]
    [InlineData(
        "PublicUrl", "mail.example.org", "PublicUrl is 'mail.example.org'; it has to be an address such as https://mail.example.org.")]
    [InlineData("LogLevel", "Loud", "LogLevel is 'Loud'; it has to be one of Trace, Debug, Information, Warning, Error, Critical, None.")]
    [InlineData("Maps:RebuildAbove", "many", "Maps:RebuildAbove is 'many'; it has to be a whole number.")]
    [InlineData("Logins:OwnProcess", "yes", "Logins:OwnProcess is 'yes'; it has to be true or false.")]
    [InlineData("Logins:Deadline", "5 s", "Logins:Deadline is '5 s'; it has to be a time, as \"00:00:05\" for five seconds.")]
    [InlineData("Proxies", "127.0.0.1", "Proxies is '127.0.0.1'; it has to be a list, [\"127.0.0.1\"].")]
    [InlineData("Sieve", "4190", "Sieve is '4190'; it has to be a section, { … }.")]
    public void What_is_wrong_is_named_with_its_key_and_what_is_allowed(string key, object? value, string sentence)
    {
        _file[key] = value is null ? null : JsonValue.Create(value);

        Assert.Equal([sentence], _file.Faults());
    }

    [Fact]
    public void A_socket_that_the_kernel_would_not_take_is_refused()
    {
        _file["Logins:Socket"] = "/" + new string('x', 120);
        Assert.Equal(["Logins:Socket has 121 characters; at most 100 are allowed."], _file.Faults());
    }

    [Fact]
    public void Proxies_are_addresses()
    {
        _file["Proxies"] = new JsonArray("127.0.0.1", "proxy.example.org");
        Assert.Equal(["Proxies has 'proxy.example.org'; each has to be an IP address."], _file.Faults());
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        _file["Store:NextHop"] = "";
        _file["Maps:RebuildAbove"] = 0;
        _file["Passwords:QueueLength"] = 0;

        Assert.Equal(3, _file.Faults().Count);
    }

    [Theory]
    [InlineData("information")]
    [InlineData("Warning")]
    public void Case_does_not_matter(string level)
    {
        _file["LogLevel"] = level;
        _file["logins:SOCKET"] = "/run/mux";

        Assert.Equal("/run/mux", _file.Read().Logins.Socket);
    }

    [Fact]
    public void What_the_maps_are_called_is_read_without_maps()
    {
        _file["Maps:Hostname"] = "mx.example.org";

        Assert.Equal(
            ("example.org", "mx.example.org"),
            (_file.Read().ToDatabaseOptions().Host.Origin!.Value, _file.Read().ToDatabaseOptions().Host.Hostname!.Value));
    }

    private static bool Exists(string key)
    {
        var type = typeof(PanelSettings);
        foreach (var name in key.Split(':'))
        {
            if (SettingsShape.Of(type).SingleOrDefault(p => p.Name == name) is not { } property) return false;
            type = property.PropertyType;
        }
        return true;
    }
}
