using System.Text.Json.Nodes;
using MailAdmin.EndToEnd.Tests.Shared;

namespace MailAdmin.EndToEnd.Tests.Drift;

/// <summary>Mailboxes that Cyrus has from the system before get their accounts, and stay as they are (docs/decisions/0054).</summary>
[Collection(DriftCollection.Name)]
public sealed class AdoptionTests(DriftHost host)
{
    private const string Password = "Negen4Paarden!";

    [Fact]
    public async Task A_mailbox_gets_its_account_with_everything_in_it()
    {
        await OldMailboxAsync("titi.exemple.be");
        var finding = Assert.Single(await host.CompareAsync(), f => f.Subject == "titi.exemple.be");
        using var panel = await PanelClient.SignInAsync(host.Sandbox);
        var page = await panel.GetAsync($"/drift/{finding.Id}/adopt");

        Assert.Equal("titi@exemple.be", page.Document.QuerySelector("[name=Address]")!.GetAttribute("value"));
        Assert.Contains("Vieux", page.Text, StringComparison.Ordinal);
        var account = await panel.SubmitAsync(
            $"/drift/{finding.Id}/adopt", ("Address", "titi.lutin@exemple.be"), ("Generate", null), ("Password", Password),
            ("Confirmation", Password));

        Assert.Equal("/domains/exemple.be/accounts/titi.exemple.be", account.Path);
        await host.SettledAsync();
        var titi = new MailUser(host.Sandbox, "titi.exemple.be", Password);
        Assert.Equal(["vieux courrier"], await titi.SubjectsAsync());
        Assert.Contains("Vieux", await titi.FoldersAsync());
        await MailUser.SendFromOutsideAsync(host.Sandbox, "titi.lutin@exemple.be", "nouveau");
        await Eventually.HoldsAsync(async () => Assert.Equal(["nouveau", "vieux courrier"], (await titi.SubjectsAsync()).Order()));
        // Nothing differs: neither quota nor folders nor rights were changed.
        Assert.DoesNotContain(await host.CompareAsync(), f => f.Subject == "titi.exemple.be");
    }

    [Fact]
    public async Task An_address_outside_and_a_weak_password_are_told_beside_their_fields()
    {
        await OldMailboxAsync("bruno.exemple.be");
        var finding = Assert.Single(await host.CompareAsync(), f => f.Subject == "bruno.exemple.be");
        using var panel = await PanelClient.SignInAsync(host.Sandbox);

        var outside = await panel.SubmitAsync($"/drift/{finding.Id}/adopt", ("Address", "bruno@outside.example"));
        var weak = await panel.SubmitAsync(
            $"/drift/{finding.Id}/adopt", ("Generate", null), ("Password", "bruno"), ("Confirmation", "bruno"));

        Assert.NotNull(outside.Document.QuerySelector("#address-error, [name=Address][aria-invalid=true]"));
        Assert.NotNull(weak.Document.QuerySelector("#password-error, [name=Password][aria-invalid=true]"));
        await RemoveAsync("bruno.exemple.be");
    }

    [Fact]
    public async Task The_command_adopts_a_whole_domain_and_names_what_it_can_not()
    {
        foreach (var name in (string[])["anna.exemple.be", "zoe.exemple.be", "exemple0999"]) await OldMailboxAsync(name);

        var dry = await host.CommandAsync("adopt", "--domain", "exemple.be", "--dry-run", "--json");
        var done = await host.CommandAsync("adopt", "--domain", "exemple.be", "--json");
        var again = await host.CommandAsync("adopt", "--domain", "exemple.be", "--json");

        Assert.Equal((1, 1, 1), (dry.Code, done.Code, again.Code));
        Assert.Equal(["anna@exemple.be", "zoe@exemple.be"], Addresses(dry.Output));
        Assert.Equal(Addresses(dry.Output), Addresses(done.Output));
        // Only the one whose name does not tell the address is left.
        var left = JsonNode.Parse(Assert.Single(Lines(again.Output)))!;
        Assert.Equal("exemple0999", (string?)left["username"]);
        Assert.Contains("mailadmin adopt exemple0999", (string?)left["problem"], StringComparison.Ordinal);
        await host.SettledAsync();
        await RemoveAsync("exemple0999");
        Assert.DoesNotContain(await host.CompareAsync(), f => f.Subject is "anna.exemple.be" or "zoe.exemple.be");
    }

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static List<string?> Addresses(string output) =>
        [.. Lines(output).Select(line => (string?)JsonNode.Parse(line)!["address"]).Where(a => a is not null)];

    private Task OldMailboxAsync(string name)
    {
        var (admin, mailbox) = (host.Sandbox.Description.CyrusAdmin.User, $"user/{name}");
        const string Message = "Subject: vieux courrier\r\n\r\nbonjour";
        return host.ImapAsync(
            $"CREATE {mailbox}", $"SETQUOTA {mailbox} (STORAGE 5000)", $"CREATE {mailbox}/Vieux", $"SETACL {mailbox} {admin} lrsipxa",
            $"APPEND {mailbox} {{{Message.Length}+}}\r\n{Message}", $"DELETEACL {mailbox} {admin}");
    }

    private Task RemoveAsync(string name) =>
        host.ImapAsync($"SETACL user/{name} {host.Sandbox.Description.CyrusAdmin.User} xla", $"DELETE user/{name}");
}
