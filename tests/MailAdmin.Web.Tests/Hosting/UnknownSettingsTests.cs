using System.Text.Json.Nodes;

namespace MailAdmin.Web.Tests.Hosting;

/// <summary>A misspelt setting would have no effect, so the start is refused with the name that was probably meant.</summary>
public sealed class UnknownSettingsTests : IDisposable
{
    private readonly SettingsFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("Cyrsu:Host", "unknown setting 'Cyrsu'; did you mean 'Cyrus'?")]
    [InlineData("Logins:SocketGruop", "unknown setting 'Logins:SocketGruop'; did you mean 'Logins:SocketGroup'?")]
    [InlineData("Logins:MaxConections", "unknown setting 'Logins:MaxConections'; did you mean 'Logins:MaxConnections'?")]
    [InlineData("Proxys", "unknown setting 'Proxys'; did you mean 'Proxies'?")]
    [InlineData("Logins:KillCommand", "unknown setting 'Logins:KillCommand'; did you mean 'Cyrus:KillCommand'?")]
    [InlineData("Store:Wholly", "unknown setting 'Store:Wholly'; known here are Name, NextHop.")]
    public void An_unknown_setting_is_named_with_what_was_meant(string key, string sentence)
    {
        _file[key] = "x";
        Assert.Equal([sentence], _file.Faults());
    }

    [Theory]
    [InlineData("MailAdmn", "unknown section 'MailAdmn'; did you mean 'MailAdmin'?")]
    [InlineData("Cyrus", "unknown section 'Cyrus'; it belongs into 'MailAdmin'.")]
    [InlineData("Kestrl", "unknown section 'Kestrl'; did you mean 'Kestrel'?")]
    [InlineData("Something", "unknown section 'Something'.")]
    public void So_is_an_unknown_section_beside_ours(string section, string sentence)
    {
        _file.Beside(section, new JsonObject { ["Host"] = "x" });
        Assert.Equal([sentence], _file.Faults());
    }

    [Fact]
    public void What_NET_itself_reads_may_stand_in_the_file()
    {
        _file.Beside("Logging", new JsonObject { ["LogLevel"] = new JsonObject { ["Default"] = "Warning" } });
        _file.Beside(
            "Kestrel", new JsonObject { ["Endpoints"] = new JsonObject { ["Http"] = new JsonObject { ["Url"] = "http://127.0.0.1:0" } } });
        foreach (var key in (string[])["AllowedHosts", "urls", "Serilog"]) _file.Beside(key, "x");

        Assert.Empty(_file.Faults());
    }

    [Fact]
    public void The_environment_is_read_and_never_looked_through()
    {
        var settings = _file.Read(
            ("MailAdmin:Passwords:Cost", "5"), ("MailAdmin:Something:Of:Others", "x"), ("Cyrus", "x"), ("PATH", "/bin"));

        Assert.Equal(5, settings.Passwords.Cost);
    }
}
