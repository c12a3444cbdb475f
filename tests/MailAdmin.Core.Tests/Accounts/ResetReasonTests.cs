using MailAdmin.Core.Admins;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Accounts;

public sealed class ResetReasonTests
{
    private const string NewPassword = "Negen7Paarden!";

    [Theory]
    [InlineData(null, "ResetReasonMissing")]
    [InlineData("  ", "ResetReasonMissing")]
    [InlineData("il veut negen7paarden! comme avant", "ResetReasonHoldsPassword")]
    public async Task Support_gives_a_reason_that_holds_no_password(string? reason, string code)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");

        RefusedWith(
            code, "Reason", await core.Accounts.ChangePasswordAsync(account.Id, NewPassword, NewPassword, Support(domain.Id), reason));
    }

    [Fact]
    public async Task The_reason_is_recorded_and_the_password_is_not()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");

        Value(await core.Accounts.ChangePasswordAsync(account.Id, NewPassword, NewPassword, Support(domain.Id), " rappelé au 02 555 "));
        Value(await core.Accounts.ChangePasswordAsync(account.Id, NewPassword, NewPassword, Jens(domain.Id)));

        await using var context = core.Database.Open();
        var events = await context.AuditEvents.Where(e => e.Kind == "account.password-changed").OrderBy(e => e.Id).ToListAsync();
        Assert.Equal(["""{"reason":"rappelé au 02 555"}""", null], events.Select(e => e.After));
    }

    [Fact]
    public async Task A_foreign_account_is_not_for_support()
    {
        await using var core = await CreateAsync();
        var (own, foreign) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        var account = await core.AddAccountAsync(foreign, "lea");

        await Assert.ThrowsAsync<NotPermittedException>(
            () => core.Accounts.ChangePasswordAsync(account.Id, NewPassword, NewPassword, Support(own.Id), "demande"));
    }

    private static Actor Support(params long[] domains) => new(8, "sam", AdminRole.Support, "127.0.0.1", domains.ToHashSet());
}
