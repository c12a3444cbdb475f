using System.Diagnostics;
using System.Text;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.SecondFactors;
using MailAdmin.Core.Secrets;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static MailAdmin.Core.Tests.Admins.AdminRightsTests;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Secrets;

/// <summary>A18: what somebody learns from a copy of the database, or with an account on the host.</summary>
public sealed class SecretsAtRestTests
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_of_the_database_opens_no_secret_of_a_second_factor()
    {
        await using var core = await CreateAsync();
        var (admin, secret) = await SetUpAppAsync(core);
        await using var thief = await StealAsync(core);

        await using var context = thief.Database.Open();
        var stored = await context.AdminAuthenticators.SingleAsync(Token);
        // Neither the panel's own code nor the data protection keys in the copy open the secret. Older versions kept it under those keys.
        Assert.Null(thief.Get<AuthenticatorSecrets>().Unseal(stored.Secret, admin.Id));
        var keys = string.Concat(await context.DataProtectionKeys.Select(k => k.Xml).ToListAsync(Token));
        Assert.Contains("<encryptedSecret", keys, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", keys, StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(
            () => thief.Get<IDataProtectionProvider>().CreateProtector("any")
                .Unprotect(core.Get<IDataProtectionProvider>().CreateProtector("any").Protect("session")));
        Assert.Equal(secret, core.Get<AuthenticatorSecrets>().Unseal(stored.Secret, admin.Id));
    }

    [Fact]
    public async Task A_secret_that_is_copied_to_another_admin_opens_nothing()
    {
        await using var core = await CreateAsync();
        var (admin, _) = await SetUpAppAsync(core);
        await using var context = core.Database.Open();
        var stored = (await context.AdminAuthenticators.SingleAsync(Token)).Secret;
        Assert.Null(core.Get<AuthenticatorSecrets>().Unseal(stored, admin.Id + 1));
    }

    [Fact]
    public async Task Another_key_file_than_the_one_that_encrypted_is_told()
    {
        await using var core = await CreateAsync();
        await SetUpAppAsync(core);
        await using var thief = await StealAsync(core);
        Assert.Equal(0, await core.Get<SecretsCheck>().CountLostAsync(Token));
        Assert.Equal(1, await thief.Get<SecretsCheck>().CountLostAsync(Token));
    }

    [Fact]
    public async Task Two_panels_that_start_together_on_one_database_have_one_key()
    {
        await using var core = await CreateAsync();
        var options = core.Get<DatabaseOptions>();
        var keys = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => Convert.ToHexString(new PanelKey(options).DeriveFor("test")), Token)));
        Assert.Single(keys.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Database_and_key_are_for_their_owner_alone_whatever_the_umask()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix modes.");
        await using var core = CreateUnprepared();
        await core.Get<DatabasePreparation>().RunAsync(Token);
        await SetUpAppAsync(core);
        // A connection stays open, because SQLite removes the -wal file when the last one closes.
        await using var context = core.Database.Open();
        await context.Database.OpenConnectionAsync(Token);
        await context.Domains.CountAsync(Token);

        Assert.All(Directory.GetFiles(Path.GetDirectoryName(core.File)!), file => Assert.Equal(OwnerAlone, File.GetUnixFileMode(file)));
        Assert.Contains(Directory.GetFiles(Path.GetDirectoryName(core.File)!), file => file.EndsWith("-wal", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.ChangeExtension(core.File, ".key")));
    }

    [Fact]
    public async Task Files_that_an_older_version_left_open_are_closed_at_the_start()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix modes.");
        await using var core = await CreateAsync();
        File.SetUnixFileMode(core.File, OwnerAlone | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await core.Get<DatabasePreparation>().RunAsync(Token);
        Assert.Equal(OwnerAlone, File.GetUnixFileMode(core.File));
    }

    [Fact]
    public void A_folder_that_is_made_is_for_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix modes.");
        var folder = Path.Combine(Directory.CreateTempSubdirectory("mailadmin-").FullName, "data");
        PrivateFiles.EnsureFolder(folder);
        Assert.Equal(OwnerAlone | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    [Fact]
    public async Task What_root_creates_belongs_to_the_owner_of_the_folder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Needs root.");
        var folder = Directory.CreateTempSubdirectory("mailadmin-").FullName;
        var (file, inner) = (Path.Combine(folder, "mailadmin.db"), Path.Combine(folder, "data"));
        await RunAsync("chown", "65534:65533", folder);

        await PrivateFiles.OpenAlone(file).DisposeAsync();
        PrivateFiles.EnsureFolder(inner);

        Assert.Equal("65534:65533\n65534:65533\n", await RunAsync("stat", "-c", "%u:%g", file, inner));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return output;
    }

    private static async Task<(Admin Admin, byte[] Secret)> SetUpAppAsync(CoreFixture core)
    {
        var admin = await FirstAsync(core);
        var proposal = core.Get<AuthenticatorSecrets>().Propose(admin.Id);
        var secret = core.Get<AuthenticatorSecrets>().Read(proposal, admin.Id)!;
        Value(await core.Get<SecondFactorService>()
            .SetUpAppAsync(proposal, Totp.CodeAt(secret, Totp.StepOf(core.Clock.GetUtcNow())), "this", ActorOf(admin)));
        return (admin, secret);
    }

    // Only the database, as a backup holds it.
    private static async Task<CoreFixture> StealAsync(CoreFixture core)
    {
        var thief = CreateUnprepared();
        await using var context = core.Database.Open();
        await context.Database.ExecuteSqlAsync($"VACUUM INTO {thief.File}", Token);
        return thief;
    }

    // An open connection keeps SQLite from removing a file in the meantime.
    private static async Task<string> FileTextAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        await context.Database.OpenConnectionAsync(Token);
        var text = new StringBuilder();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(core.File)!))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync(Token));
        }
        return text.ToString();
    }
}
