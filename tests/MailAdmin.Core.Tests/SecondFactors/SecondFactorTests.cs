using MailAdmin.Core.Admins;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.SecondFactors;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Core.Tests.Admins.AdminRightsTests;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.SecondFactors;

public sealed class SecondFactorTests
{
    private const string Here = "this";

    [Fact]
    public async Task An_app_counts_once_a_code_of_it_was_typed_and_brings_recovery_codes()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        var proposal = core.Get<AuthenticatorSecrets>().Propose(jens.Id);

        RefusedWith("SecondFactorCodeWrong", "Code", await Service(core).SetUpAppAsync(proposal, "000000", Here, ActorOf(jens)));
        Assert.True((await OfAsync(core, jens)).IsEmpty);
        var made = Value(await Service(core).SetUpAppAsync(proposal, CodeOf(core, jens, proposal), Here, ActorOf(jens)));

        var factors = await OfAsync(core, jens);
        Assert.Equal((core.Clock.GetUtcNow(), 8, 8), (factors.AppSince, factors.RecoveryCodes, made.Codes.Distinct().Count()));
    }

    [Fact]
    public async Task The_database_holds_neither_the_secret_nor_a_recovery_code()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        var (secret, codes) = await SetUpAsync(core, jens);

        await using var context = core.Database.Open();
        var kept = string.Join(' ', (await context.AdminAuthenticators.Select(a => a.Secret).ToListAsync())
            .Concat(await context.AdminRecoveryCodes.Select(c => c.Hash).ToListAsync())
            .Concat(await context.AuditEvents.Select(e => e.Before + e.After).ToListAsync()));
        Assert.DoesNotContain(Base32.Encode(secret), kept, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToBase64String(secret), kept, StringComparison.Ordinal);
        Assert.All(codes, code => Assert.DoesNotContain(code, kept, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Of_many_who_send_one_code_at_once_one_gets_in()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        var (secret, codes) = await SetUpAsync(core, jens);
        core.Clock.Advance(TimeSpan.FromMinutes(2));
        var code = Totp.CodeAt(secret, Totp.StepOf(core.Clock.GetUtcNow()));

        var apps = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => CheckAsync(core, jens, code))));
        var papers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => CheckAsync(core, jens, codes[0]))));

        Assert.Single(apps, o => o == SecondStepOutcome.App);
        Assert.Single(papers, o => o == SecondStepOutcome.RecoveryCode);
        Assert.Equal(7, (await OfAsync(core, jens)).RecoveryCodes);
    }

    [Fact]
    public async Task The_code_of_the_set_up_and_older_ones_count_no_more()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        var (secret, _) = await SetUpAsync(core, jens);
        var step = Totp.StepOf(core.Clock.GetUtcNow());

        Assert.Equal(SecondStepOutcome.Wrong, await CheckAsync(core, jens, Totp.CodeAt(secret, step)));
        Assert.Equal(SecondStepOutcome.App, await CheckAsync(core, jens, Totp.CodeAt(secret, step + 1)));
        Assert.Equal(SecondStepOutcome.Wrong, await CheckAsync(core, jens, Totp.CodeAt(secret, step - 1)));
    }

    [Fact]
    public async Task Recovery_codes_are_taken_as_they_are_typed_from_paper_and_new_ones_replace_them()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        var (_, codes) = await SetUpAsync(core, jens);
        Assert.Equal(
            SecondStepOutcome.RecoveryCode,
            await CheckAsync(core, jens, $" {codes[0].ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal)} "));

        var renewed = Value(await Service(core).RenewCodesAsync(ActorOf(jens)));

        Assert.Equal(SecondStepOutcome.Wrong, await CheckAsync(core, jens, codes[1]));
        Assert.Equal(SecondStepOutcome.RecoveryCode, await CheckAsync(core, jens, renewed.Codes[1]));
    }

    [Fact]
    public async Task Somebody_elses_code_or_proposal_is_wrong()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        var lea = Value(await core.Admins.CreateAsync(New("lea", new(AdminRole.Support, true, [])), Actor.Panel));
        var (secret, codes) = await SetUpAsync(core, jens);
        await SetUpAsync(core, lea);
        var proposal = core.Get<AuthenticatorSecrets>().Propose(jens.Id);

        RefusedWith(
            "SecondFactorSetUpStale", null, await Service(core).SetUpAppAsync(proposal, CodeOf(core, jens, proposal), Here, ActorOf(lea)));
        Assert.Equal(SecondStepOutcome.Wrong, await CheckAsync(core, lea, codes[0]));
        Assert.Equal(SecondStepOutcome.Wrong, await CheckAsync(core, lea, Totp.CodeAt(secret, Totp.StepOf(core.Clock.GetUtcNow()) + 1)));
    }

    [Fact]
    public async Task A_set_up_page_that_stayed_open_is_stale()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        var proposal = core.Get<AuthenticatorSecrets>().Propose(jens.Id);
        var secret = core.Get<AuthenticatorSecrets>().Read(proposal, jens.Id)!;
        core.Clock.Advance(TimeSpan.FromMinutes(30));

        RefusedWith("SecondFactorSetUpStale", null,
            await Service(core).SetUpAppAsync(proposal, Totp.CodeAt(secret, Totp.StepOf(core.Clock.GetUtcNow())), Here, ActorOf(jens)));
    }

    [Fact]
    public async Task The_last_factor_stays_where_the_role_has_to_have_one_and_its_codes_go_with_it_elsewhere()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        await SetUpAsync(core, jens);
        Value(await core.Get<HosterService>().RequireSecondFactorAsync(0, SecondFactorRoles.Superusers, ActorOf(jens)));

        RefusedWith("SecondFactorLastOne", null, await Service(core).RemoveAppAsync(Here, ActorOf(jens)));
        Assert.NotNull((await OfAsync(core, jens)).AppSince);
        Value(await Service(core).AddPasskeyAsync(Passkey(1), "Yubikey", Here, ActorOf(jens)));
        Value(await Service(core).RemoveAppAsync(Here, ActorOf(jens)));
        Value(await core.Get<HosterService>().RequireSecondFactorAsync(1, SecondFactorRoles.None, ActorOf(jens)));
        Value(await Service(core).RemovePasskeyAsync((await OfAsync(core, jens)).Passkeys[0].Id, Here, ActorOf(jens)));

        var left = await OfAsync(core, jens);
        Assert.Equal((true, 0), (left.IsEmpty, left.RecoveryCodes));
    }

    [Theory]
    [InlineData("", "PasskeyNameMalformed")]
    [InlineData("a\nb", "PasskeyNameMalformed")]
    public async Task A_passkey_has_a_name(string name, string code)
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);

        RefusedWith(code, "Name", await Service(core).AddPasskeyAsync(Passkey(1), name, Here, ActorOf(jens)));
    }

    [Fact]
    public async Task A_passkey_is_one_admins_alone_and_nobody_else_removes_it()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        var lea = Value(await core.Admins.CreateAsync(New("lea", new(AdminRole.Support, true, [])), Actor.Panel));
        Value(await Service(core).AddPasskeyAsync(Passkey(1), "Yubikey", Here, ActorOf(jens)));

        RefusedWith("PasskeyKnown", null, await Service(core).AddPasskeyAsync(Passkey(1), "Mine", Here, ActorOf(lea)));
        await Service(core).RemovePasskeyAsync(PasskeyIds.Write([1]), Here, ActorOf(lea));

        Assert.Equal("Yubikey", Assert.Single((await OfAsync(core, jens)).Passkeys).Name);
    }

    [Fact]
    public async Task Whoever_lost_everything_gets_in_with_his_password_alone_after_a_superusers_reset()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        var lea = Value(await core.Admins.CreateAsync(New("lea", new(AdminRole.Support, true, [])), Actor.Panel));
        var (_, codes) = await SetUpAsync(core, lea);
        await Assert.ThrowsAsync<NotPermittedException>(() => Service(core).ResetAsync(jens.Id, ActorOf(lea)));
        RefusedWith("SecondFactorOwn", null, await Service(core).ResetAsync(jens.Id, ActorOf(jens)));

        Value(await Service(core).ResetAsync(lea.Id, ActorOf(jens)));

        await using var context = core.Database.Open();
        Assert.False(await context.Users.Where(a => a.Id == lea.Id).Select(a => a.TwoFactorEnabled).SingleAsync());
        Assert.Equal(SecondStepOutcome.Wrong, await CheckAsync(core, lea, codes[0]));
        Assert.Contains(
            await context.AuditEvents.Include(e => e.Change).ToListAsync(), e =>
            e is { Kind: "admin.second-factors-reset", Subject: "lea", Change.ActorName: "jens" });
    }

    private static SecondFactorService Service(CoreFixture core) => core.Get<SecondFactorService>();

    private static Task<SecondFactorsOf> OfAsync(CoreFixture core, Admin admin) => core.Get<SecondFactorRepository>().FindAsync(admin.Id);

    private static Task<SecondStepOutcome> CheckAsync(CoreFixture core, Admin admin, string code) =>
        core.Get<SecondStep>().CheckAsync(admin, code, null);

    private static async Task<(byte[] Secret, IReadOnlyList<string> Codes)> SetUpAsync(CoreFixture core, Admin admin)
    {
        var proposal = core.Get<AuthenticatorSecrets>().Propose(admin.Id);
        var made = Value(await Service(core).SetUpAppAsync(proposal, CodeOf(core, admin, proposal), Here, ActorOf(admin)));
        return (core.Get<AuthenticatorSecrets>().Read(proposal, admin.Id)!, made.Codes);
    }

    private static string CodeOf(CoreFixture core, Admin admin, string proposal) =>
        Totp.CodeAt(core.Get<AuthenticatorSecrets>().Read(proposal, admin.Id)!, Totp.StepOf(core.Clock.GetUtcNow()));

    private static UserPasskeyInfo Passkey(byte id) => new([id], [2], DateTimeOffset.UnixEpoch, 0, ["usb"], true, false, false, [3], [4]);
}
