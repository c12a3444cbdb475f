using MailAdmin.Web.Tests.Commands;

namespace MailAdmin.Web.Tests.Hosting;

/// <summary>The panel, the login service and each command read the settings in one way. None of them starts with wrong settings.</summary>
public sealed class SettingsStartTests : IDisposable
{
    private readonly SettingsFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("login-service")]
    [InlineData("admin")]
    [InlineData("audit")]
    [InlineData("doctor")]
    [InlineData("drift")]
    [InlineData("provisioning")]
    [InlineData("trace a@exemple.be")]
    public async Task Wrong_settings_end_it_with_2_and_a_sentence_for_each(string command)
    {
        _file["Maps:RebuildAbove"] = 0;
        _file["Maps:Folder"] = "/var/lib/mailadmin/maps";
        _file["Store:NextHop"] = null;
        _file.Save();

        var result = await MailAdminCommand.RunAsync(
            "C.UTF-8", [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--settings", _file.Path]);

        Assert.Equal(
            [
                $"{_file.Path}: Store:NextHop is missing.",
                $"{_file.Path}: Maps:RebuildAbove is 0; it has to be 1 or more.",
                $"{_file.Path}: Maps:Host is missing: with Maps:Folder this mail host needs a name.",
            ],
            result.Ends(2).Error.TrimEnd('\n').Split('\n'));
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("login-service")]
    [InlineData("provisioning")]
    public async Task A_misspelt_setting_ends_it_too(string command)
    {
        _file["Logins:SocketGruop"] = "sasl";
        _file.Save();

        var result = await MailAdminCommand.RunAsync(
            "C.UTF-8", [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--settings", _file.Path]);

        Assert.Equal(
            $"{_file.Path}: unknown setting 'Logins:SocketGruop'; did you mean 'Logins:SocketGroup'?", result.Ends(2).Error.TrimEnd('\n'));
    }

    [Theory]
    [InlineData("{ \"MailAdmin\": { \"Database\": ")]
    [InlineData(null)]
    public async Task So_does_a_file_that_is_none(string? content)
    {
        if (content is not null) await File.WriteAllTextAsync(_file.Path, content, TestContext.Current.CancellationToken);

        var result = await MailAdminCommand.RunAsync("C.UTF-8", "--settings", _file.Path);

        Assert.StartsWith(_file.Path + ": ", result.Ends(2).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_says_what_the_file_does_not()
    {
        _file["Store:NextHop"] = null;
        _file.Save();
        var environment = new Dictionary<string, string>
        {
            ["MailAdmin__Store__NextHop"] = "lmtp:unix:/nowhere",
            ["MAILADMIN_SERVICE_PORT"] = "1"
        };

        var result = await MailAdminCommand.RunAsync("C.UTF-8", environment, "admin", "--settings", _file.Path);

        // The settings are right; there is no database yet.
        Assert.Contains("mailadmin.db", result.Ends(3).Error, StringComparison.Ordinal);
    }
}
