using MailAdmin.Core.Data;
using MailAdmin.Core.Drift;
using MailAdmin.EndToEnd.Tests.Faults;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.EndToEnd.Tests.Drift;

/// <summary>Rights that are missing, and rights that are too many.</summary>
[Collection(DriftCollection.Name)]
public sealed class RightsDriftTests(DriftHost host)
{
    [Fact]
    public async Task Rights_and_folders_that_were_taken_away_are_found_and_given_back()
    {
        var account = await host.AddAccountAsync("sans.droits");
        var admin = host.Sandbox.Description.CyrusAdmin.User;
        await host.ImapAsync(
            $"SETACL user/{account.Username} {account.Username} lr", $"SETACL user/{account.Username}/Junk {admin} xla",
            $"DELETE user/{account.Username}/Junk");

        var found = await host.CompareAsync();
        Assert.Equal([DriftKind.RightsMissing, DriftKind.FoldersMissing], found.Select(f => f.Kind));
        Assert.Equal("Junk", found[1].Wanted);

        await host.RepairAsync(found[0], DriftRepair.Server);
        Assert.Empty(await host.CompareAsync());
    }

    [Fact]
    public async Task Rights_that_a_user_gave_to_strangers_are_found_and_taken_away_and_those_of_colleagues_stay()
    {
        var (owner, colleague) = (await host.AddAccountAsync("partage"), await host.AddAccountAsync("collegue"));
        var ends = await host.ImapAsAsync(
            owner.Username.Value, OwnExample.Password, "SETACL INBOX anyone lrs", "SETACL INBOX voisin0001 lrsa", "CREATE Projets",
            $"SETACL Projets {colleague.Username} lrsi",
            "SETACL Projets personne lr", "SETACL Projets -voisin0001 w");
        // Cyrus itself refuses rights for anyone.
        Assert.StartsWith("NO", ends[0], StringComparison.Ordinal);
        Assert.All(ends.Skip(1), end => Assert.StartsWith("OK", end, StringComparison.Ordinal));

        var finding = Assert.Single(await host.CompareAsync());
        Assert.Equal(
            (DriftKind.RightsForeign, owner.Username.Value, "INBOX: voisin0001 lrsa; Projets: voisin0001 lrsa; Projets: personne lr"),
            (finding.Kind, finding.Subject, finding.Found));

        await host.RepairAsync(finding, DriftRepair.Server);
        Assert.Empty(await host.CompareAsync());
        Assert.StartsWith(
            "OK", Assert.Single(
                await host.ImapAsAsync(colleague.Username.Value, OwnExample.Password, $"SELECT \"Other Users/{owner.Username}/Projets\"")),
                StringComparison.Ordinal);
        await using var context = host.Get<MailDatabase>().Open();
        var taken = await context.AuditEvents.SingleAsync(e => e.Kind == "account.rights-taken" && e.Subject == owner.Username.Value);
        Assert.Contains("voisin0001", taken.Before, StringComparison.Ordinal);
    }
}
