using MailAdmin.Core.Admins;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Core.Tests.Admins.AdminRightsTests;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Admins;

public sealed class AdminSessionTests
{
    private const string OtherPassword = "Negen7Paarden!";

    [Fact]
    public async Task A_stopped_admins_sessions_stay_ended_when_he_is_active_again()
    {
        await using var core = await CreateAsync();
        await FirstAsync(core);
        var luc = Value(await core.Admins.CreateAsync(New("luc", new(AdminRole.Support, true, [])), Actor.Panel));
        await OpenAsync(core, luc, "session");
        var rights = new AdminRights(AdminRole.Support, true, []);

        luc = Value(await core.Admins.ChangeRightsAsync(luc.Id, luc.ConcurrencyStamp, rights, false, Actor.Panel));
        Assert.Null(await FindAsync(core, "session"));
        Value(await core.Admins.ChangeRightsAsync(luc.Id, luc.ConcurrencyStamp, rights, true, Actor.Panel));

        Assert.Null(await FindAsync(core, "session"));
    }

    [Fact]
    public async Task A_password_set_by_a_superuser_ends_every_session()
    {
        await using var core = await CreateAsync();
        await FirstAsync(core);
        var luc = Value(await core.Admins.CreateAsync(New("luc", new(AdminRole.Support, true, [])), Actor.Panel));
        await OpenAsync(core, luc, "session");

        Value(await core.Admins.ChangePasswordAsync(luc.Id, OtherPassword, OtherPassword, Actor.Panel));

        Assert.Null(await FindAsync(core, "session"));
    }

    [Fact]
    public async Task Ones_own_new_password_ends_all_sessions_but_this_one()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        await OpenAsync(core, jens, "this");
        await OpenAsync(core, jens, "other");

        Value(await ChangeOwnAsync(core, jens, GoodPassword));

        Assert.NotNull(await FindAsync(core, "this"));
        Assert.Null(await FindAsync(core, "other"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("zeven3koeien!")]
    public async Task Without_the_present_password_it_stays(string? present)
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        await OpenAsync(core, jens, "other");

        RefusedWith("AdminPresentPasswordWrong", "Present", await ChangeOwnAsync(core, jens, present));

        Assert.NotNull(await FindAsync(core, "other"));
    }

    [Fact]
    public async Task Ones_own_password_is_not_changed_without_the_present_one_by_the_superusers_form()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);

        RefusedWith(
            "AdminOwnPassword", "Password", await core.Admins.ChangePasswordAsync(jens.Id, OtherPassword, OtherPassword, ActorOf(jens)));
    }

    [Theory]
    [InlineData(9, 90, "PageSize")]
    [InlineData(101, 90, "PageSize")]
    [InlineData(10, 0, "QuotaWarning")]
    [InlineData(10, 101, "QuotaWarning")]
    public async Task Settings_out_of_their_range_are_refused(int size, int warning, string field)
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);

        var result = await core.Get<OwnSettingsService>().ChangeAsync(new("fr", size, warning), ActorOf(jens));

        Assert.Equal([field], result.Problems.Select(p => p.Field));
    }

    [Fact]
    public async Task When_an_admin_was_last_seen_is_known_after_his_session_ended()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        var repository = core.Get<AdminRepository>();
        Assert.Null((await repository.ListAsync(null, 0, 10)).Rows.Single().SeenAt);
        await OpenAsync(core, jens, "first");
        core.Clock.Advance(TimeSpan.FromDays(3));
        await OpenAsync(core, jens, "second");
        var seen = core.Clock.GetUtcNow();
        core.Clock.Advance(TimeSpan.FromDays(30));

        await core.Get<SessionRepository>().CloseAsync("second");

        Assert.Equal(seen, (await repository.ListAsync(null, 0, 10)).Rows.Single().SeenAt);
        Assert.Equal(0, (await repository.FindAsync(jens.Id))!.Sessions);
        await using var context = core.Database.Open();
        Assert.Equal(["second"], await context.AdminSessions.Select(s => s.KeyHash).ToListAsync());
    }

    private static Task<Core.Results.Result<Admin>> ChangeOwnAsync(CoreFixture core, Admin admin, string? present) =>
        core.Get<OwnSettingsService>().ChangePasswordAsync(present, OtherPassword, OtherPassword, "this", ActorOf(admin));

    private static Task<SignedInAdmin?> FindAsync(CoreFixture core, string key) => core.Get<SessionRepository>().FindAsync(key);

    private static Task OpenAsync(CoreFixture core, Admin admin, string key) => core.Get<SessionRepository>().OpenAsync(new AdminSession
    {
        KeyHash = key,
        AdminId = admin.Id,
        SecurityStamp = admin.SecurityStamp!,
        CreatedAt = core.Clock.GetUtcNow(),
        SeenAt = core.Clock.GetUtcNow(),
        ExpiresAt = core.Clock.GetUtcNow().AddHours(12),
    });
}
