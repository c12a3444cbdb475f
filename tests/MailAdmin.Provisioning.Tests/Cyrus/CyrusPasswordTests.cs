using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Tests.Cyrus;

public sealed class CyrusPasswordTests
{
    // C109
    [Fact]
    public async Task The_password_is_the_files_first_line_to_the_last_character()
    {
        const string password = "p%40ss;w\"d]z<&:k^: \\ é ";
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, password + "\r\n", TestContext.Current.CancellationToken);

        var read = await new CyrusOptions { AdminPasswordFile = file }.ReadPasswordAsync(TestContext.Current.CancellationToken);

        Assert.Equal(password, read);
        File.Delete(file);
    }
}
