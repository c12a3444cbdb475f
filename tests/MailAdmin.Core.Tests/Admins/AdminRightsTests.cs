using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Admins;

public sealed class AdminRightsTests
{
    private const string OtherPassword = "Negen7Paarden!";

    private static readonly AdminRights Everything = new(AdminRole.Superuser, false, []);
    private static readonly AdminRights Nothing = new(AdminRole.Support, false, []);

    [Fact] // C098
    public async Task The_last_superuser_is_neither_deleted_nor_demoted_nor_stopped_not_even_by_himself()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);

        RefusedWith("AdminLastSuperuser", null, await core.Admins.DeleteAsync(jens.Id, jens.ConcurrencyStamp, ActorOf(jens)));
        RefusedWith("AdminLastSuperuser", null, await core.Admins.DeleteAsync(jens.Id, jens.ConcurrencyStamp, Actor.Panel));
        RefusedWith(
            "AdminLastSuperuser", null, await core.Admins.ChangeRightsAsync(jens.Id, jens.ConcurrencyStamp, Nothing, true, Actor.Panel));
        RefusedWith(
            "AdminLastSuperuser", null,
            await core.Admins.ChangeRightsAsync(jens.Id, jens.ConcurrencyStamp, Everything, false, Actor.Panel));
        RefusedWith(
            "AdminOwnRole", "Rights", await core.Admins.ChangeRightsAsync(jens.Id, jens.ConcurrencyStamp, Nothing, true, ActorOf(jens)));
        RefusedWith(
            "AdminOwnState", "State",
            await core.Admins.ChangeRightsAsync(jens.Id, jens.ConcurrencyStamp, Everything, false, ActorOf(jens)));
    }

    [Fact] // C098
    public async Task A_stopped_superuser_does_not_count_as_another_one()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        var lea = await AddAsync(core, "lea", Everything);
        Value(await core.Admins.ChangeRightsAsync(lea.Id, lea.ConcurrencyStamp, Everything, false, ActorOf(jens)));

        RefusedWith("AdminLastSuperuser", null, await core.Admins.DeleteAsync(jens.Id, jens.ConcurrencyStamp, ActorOf(jens)));
    }

    [Fact] // C098
    public async Task Two_superusers_who_demote_each_other_at_once_leave_one()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        var lea = await AddAsync(core, "lea", Everything);

        var outcomes = await Task.WhenAll(DemoteAsync(core, jens, lea), DemoteAsync(core, lea, jens));

        Assert.Single(outcomes, demoted => demoted);
        await using var context = core.Database.Open();
        Assert.Equal(1, await context.Users.CountAsync(a => a.Role == AdminRole.Superuser));
    }

    [Fact] // C096
    public async Task Whoever_was_deleted_demoted_or_stopped_meanwhile_makes_nobody()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        foreach (var fate in new[] { "deleted", "demoted", "stopped" })
        {
            var lea = await AddAsync(core, fate, Everything);
            Result result = fate switch
            {
                "deleted" => await core.Admins.DeleteAsync(lea.Id, lea.ConcurrencyStamp, ActorOf(jens)),
                "demoted" => await core.Admins.ChangeRightsAsync(lea.Id, lea.ConcurrencyStamp, Nothing, true, ActorOf(jens)),
                _ => await core.Admins.ChangeRightsAsync(lea.Id, lea.ConcurrencyStamp, Everything, false, ActorOf(jens)),
            };
            Assert.True(result.Succeeded);

            await Assert.ThrowsAsync<NotPermittedException>(() => AddAsync(core, "more", Everything, ActorOf(lea)));
        }
    }

    [Theory] // C094
    [InlineData(AdminRole.DomainAdmin)]
    [InlineData(AdminRole.Support)]
    public async Task Lower_roles_make_change_and_delete_no_admin(AdminRole role)
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        var luc = ActorOf(await AddAsync(core, "luc", new(role, true, [])));

        await Assert.ThrowsAsync<NotPermittedException>(() => AddAsync(core, "more", Nothing, luc));
        await Assert.ThrowsAsync<NotPermittedException>(() => core.Admins.ChangeRightsAsync(luc.AdminId!.Value, "", Everything, true, luc));
        await Assert.ThrowsAsync<NotPermittedException>(() => core.Admins.ChangePasswordAsync(jens.Id, OtherPassword, OtherPassword, luc));
        await Assert.ThrowsAsync<NotPermittedException>(() => core.Admins.DeleteAsync(jens.Id, jens.ConcurrencyStamp, luc));
    }

    [Fact]
    public async Task Domains_are_given_by_any_of_their_names_and_unknown_ones_are_told()
    {
        await using var core = await CreateAsync();
        await FirstAsync(core);
        var domain = await core.AddDomainAsync();
        await core.Database.WriteAsync(Actor.Panel, write =>
        {
            write.Context.DomainAliases.Add(new DomainAlias { DomainId = domain.Id, Name = DomainName.Parse("exemple.com") });
            return Task.CompletedTask;
        });
        DomainName[] names = [.. new[] { "exemple.com", "exemple.be" }.Concat(Enumerable.Range(1, 12).Select(n => $"unknown{n}.example"))
            .Select(DomainName.Parse)];

        var refused = await core.Admins.CreateAsync(New("luc", new(AdminRole.DomainAdmin, false, names)), Actor.Panel);
        var luc = Value(await core.Admins.CreateAsync(New("luc", new(AdminRole.DomainAdmin, false, names[..2])), Actor.Panel));

        Assert.Equal(10, refused.Problems.Count(p => p.Code == "AdminDomainUnknown"));
        Assert.Equal([2], refused.Problems.Single(p => p.Code == "AdminMoreDomainsUnknown").Args);
        Assert.Equal(domain.Id, luc.Domains.Single().DomainId);
    }

    [Fact]
    public async Task Every_change_of_rights_is_recorded_with_what_was_given_and_taken()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        await core.AddDomainAsync();
        await core.AddDomainAsync("voisin.example", "voisin");
        var luc = await AddAsync(core, "luc", Of("exemple.be"));

        Value(await core.Admins.ChangeRightsAsync(luc.Id, luc.ConcurrencyStamp, Of("voisin.example"), true, ActorOf(jens)));
        Value(await core.Admins.ChangePasswordAsync(luc.Id, OtherPassword, OtherPassword, ActorOf(jens)));

        await using var context = core.Database.Open();
        var events = await context.AuditEvents.Include(e => e.Change).Where(e => e.Subject == "luc").OrderBy(e => e.Id).ToListAsync();
        Assert.Equal(["admin.created", "admin.changed", "admin.password-changed"], events.Select(e => e.Kind));
        Assert.Equal("""{"role":"DomainAdmin","seesAllDomains":false,"isActive":true}""", events[1].Before);
        Assert.Equal(
            """{"role":"DomainAdmin","seesAllDomains":false,"isActive":true,"given":["voisin.example"],"taken":["exemple.be"]}""",
            events[1].After);
        Assert.All(events.Skip(1), e => Assert.Equal("jens", e.Change!.ActorName));
        Assert.DoesNotContain(events, e => $"{e.Before}{e.After}".Contains("$2") || $"{e.Before}{e.After}".Contains("Paarden"));
    }

    [Fact]
    public async Task The_second_of_two_simultaneous_edits_is_told()
    {
        await using var core = await CreateAsync();
        await FirstAsync(core);
        await core.AddDomainAsync();
        var luc = await AddAsync(core, "luc", Of("exemple.be"));
        var stamp = luc.ConcurrencyStamp;

        Value(await core.Admins.ChangeRightsAsync(luc.Id, stamp, Nothing, true, Actor.Panel));

        RefusedWith("ChangedMeanwhile", null, await core.Admins.ChangeRightsAsync(luc.Id, stamp, Of("exemple.be"), true, Actor.Panel));
        RefusedWith("ChangedMeanwhile", null, await core.Admins.DeleteAsync(luc.Id, stamp, Actor.Panel));
    }

    [Fact]
    public async Task A_name_differs_by_more_than_its_case()
    {
        await using var core = await CreateAsync();
        await FirstAsync(core);

        RefusedWith("AdminNameTaken", "Name", await core.Admins.CreateAsync(New(" JENS ", Nothing), Actor.Panel));
    }

    internal static NewAdmin New(string name, AdminRights rights) => new(name, GoodPassword, GoodPassword, null, rights);

    internal static async Task<Admin> FirstAsync(CoreFixture core) =>
        Value(await core.Admins.CreateFirstAsync("jens", GoodPassword, GoodPassword, null, null));

    /// <summary>An actor who has just typed the password, whatever the clock says.</summary>
    internal static Actor ActorOf(Admin admin) =>
        new(admin.Id, admin.UserName!, admin.Role, "127.0.0.1", null) { PasswordAt = DateTimeOffset.MaxValue };

    private static AdminRights Of(string domain) => new(AdminRole.DomainAdmin, false, [DomainName.Parse(domain)]);

    private static async Task<Admin> AddAsync(CoreFixture core, string name, AdminRights rights, Actor? actor = null) =>
        Value(await core.Admins.CreateAsync(New(name, rights), actor ?? Actor.Panel));

    private static async Task<bool> DemoteAsync(CoreFixture core, Admin who, Admin whom)
    {
        try
        {
            return (await Task.Run(
                () => core.Admins.ChangeRightsAsync(whom.Id, whom.ConcurrencyStamp, Nothing, true, ActorOf(who)))).Succeeded;
        }
        catch (NotPermittedException)
        {
            return false;
        }
    }
}
