using MailAdmin.Core.Admins;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Admins;

public sealed class AdminServiceTests
{
    [Fact]
    public async Task Of_ten_who_set_up_at_once_one_becomes_superuser()
    {
        await using var core = await CreateAsync();
        Assert.True(await core.Admins.NoneExistsAsync());

        var results = await Task.WhenAll(Enumerable.Range(1, 10).Select(n =>
            Task.Run(() => core.Admins.CreateFirstAsync($"admin{n}", GoodPassword, GoodPassword, "fr", "127.0.0.1"))));

        Assert.Single(results, r => r.Succeeded);
        Assert.All(results.Where(r => !r.Succeeded), r => RefusedWith("AdminSetUpDone", null, r));
        Assert.False(await core.Admins.NoneExistsAsync());
    }

    // C096
    [Fact]
    public void A_role_that_is_missing_is_the_weakest() => Assert.Equal(AdminRole.Support, default);

    [Fact]
    public async Task A_session_ends_with_its_row_its_time_its_admin_and_his_password()
    {
        await using var core = await CreateAsync();
        var admin = Value(await core.Admins.CreateFirstAsync("jens", GoodPassword, GoodPassword, null, null));
        var sessions = core.Get<SessionRepository>();
        foreach (var key in new[] { "closed", "late", "open" })
        {
            await sessions.OpenAsync(new AdminSession
            {
                KeyHash = key,
                AdminId = admin.Id,
                SecurityStamp = admin.SecurityStamp!,
                CreatedAt = core.Clock.GetUtcNow(),
                SeenAt = core.Clock.GetUtcNow(),
                ExpiresAt = core.Clock.GetUtcNow().AddHours(key == "late" ? 1 : 12),
            });
        }

        await sessions.CloseAsync("closed");
        core.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Null(await sessions.FindAsync("closed"));
        Assert.Null(await sessions.FindAsync("late"));
        Assert.Equal("jens", (await sessions.FindAsync("open"))!.Name);
        await core.Database.ExecuteWithoutAuditAsync(async context => (await context.Users.FindAsync(admin.Id))!.SecurityStamp = "changed");
        Assert.Null(await sessions.FindAsync("open"));
    }
}
