using MailAdmin.Core.Admins;
using MailAdmin.Core.Results;
using MailAdmin.Core.SecondFactors;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Core.Tests.Admins.AdminRightsTests;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Admins;

/// <summary>A16: an action that takes over the panel or another admin needs more than an open browser.</summary>
public sealed class AskedPasswordTests
{
    private const string OtherPassword = "Negen7Paarden!";

    private static readonly AdminRights Everything = new(AdminRole.Superuser, false, []);
    private static readonly AdminRights Nothing = new(AdminRole.Support, false, []);

    [Theory]
    [InlineData("make a superuser")]
    [InlineData("promote")]
    [InlineData("set a password")]
    [InlineData("reset a second factor")]
    public async Task A_superuser_has_to_have_typed_the_password_within_ten_minutes(string what)
    {
        await using var core = await CreateAsync();
        var (jens, luc) = (await FirstAsync(core), Value(await core.Admins.CreateAsync(New("luc", Nothing), Actor.Panel)));
        var typed = core.Clock.GetUtcNow();
        var actor = ActorOf(jens) with { PasswordAt = null };

        Assert.Equal(("AdminPresentPasswordWrong", "Present"), await DoAsync(core, what, luc, actor));
        core.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(("AdminPresentPasswordWrong", "Present"), await DoAsync(core, what, luc, actor with { PasswordAt = typed }));

        Assert.Null(await DoAsync(core, what, luc, actor with { PasswordAt = typed.AddMinutes(1) }));
    }

    [Fact]
    public async Task What_takes_nothing_over_asks_for_nothing_and_neither_does_the_command_line()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        var actor = ActorOf(jens) with { PasswordAt = null };

        var luc = Value(await core.Admins.CreateAsync(New("luc", Nothing), actor));
        Value(await core.Admins.ChangeRightsAsync(luc.Id, luc.ConcurrencyStamp, Nothing, false, actor));
        foreach (var what in (string[])["make a superuser", "set a password", "reset a second factor"])
            Assert.Null(await DoAsync(core, what, luc, Actor.Panel));
    }

    [Fact] // A22
    public async Task A_wrong_password_in_an_open_session_counts_among_the_failed_sign_ins_and_an_empty_field_does_not()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        var own = core.Get<OwnSettingsService>();

        Assert.False((await own.CheckPasswordAsync("wrong", ActorOf(jens))).Succeeded);
        Assert.False((await own.ChangePasswordAsync("wrong too", OtherPassword, OtherPassword, "this", ActorOf(jens))).Succeeded);
        Assert.False((await own.CheckPasswordAsync("", ActorOf(jens))).Succeeded);

        var before = await core.Get<SignInFailures>().TakeAsync(jens, "192.0.2.1");
        Assert.Equal((2, "127.0.0.1"), (before!.Passwords, before.RemoteAddress));
    }

    private static async Task<(string, string?)?> DoAsync(CoreFixture core, string what, Admin luc, Actor actor)
    {
        await using var context = core.Database.Open();
        var present = await context.Users.SingleAsync(a => a.Id == luc.Id);
        Result result = what switch
        {
            "make a superuser" => await core.Admins.CreateAsync(New("lea", Everything), actor),
            "promote" => await core.Admins.ChangeRightsAsync(luc.Id, present.ConcurrencyStamp, Everything, true, actor),
            "set a password" => await core.Admins.ChangePasswordAsync(luc.Id, OtherPassword, OtherPassword, actor),
            _ => await core.Get<SecondFactorService>().ResetAsync(luc.Id, actor),
        };
        return result.Succeeded ? null : result.Problems.Select(p => ((string, string?)?)(p.Code, p.Field)).Single();
    }
}
