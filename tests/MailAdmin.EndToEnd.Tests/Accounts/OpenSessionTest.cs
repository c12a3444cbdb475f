using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Accounts;

/// <summary>The classes that share one sandbox with the manual's example.</summary>
[CollectionDefinition(Name)]
public sealed class OpenSessionCollection : ICollectionFixture<OwnExample>
{
    public const string Name = "Open sessions";
}

/// <summary>A new account whose user signs in while the panel changes it.</summary>
public abstract class OpenSessionTest(OwnExample example)
{
    private protected static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private protected MailSandbox Sandbox => example.Sandbox;

    private protected async Task<(string Path, string Username)> CreateAsync(
        PanelClient panel, string localPart, string domain = "exemple.be")
    {
        // The example's domains have room for only a few accounts.
        await panel.SubmitAsync($"/domains/{domain}/settings", ("MaxAccounts", "50"));
        var page = await panel.CreateAccountAsync(domain, localPart, OwnExample.Password);
        await Eventually.HoldsAsync(
            async () => Assert.Empty(await new MailUser(Sandbox, page.Username, OwnExample.Password).SubjectsAsync()));
        return (page.Path, page.Username);
    }
}
