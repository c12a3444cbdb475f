using MailAdmin.Web.Features.Admins;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Hosters;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Setup;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.EndToEnd.Tests.Manual;

/// <summary>What the superuser does before the first customer comes.</summary>
[Chapter(1)]
[Trait("Lane", "browser")]
public sealed class HosterChapter(Readers readers) : Chapter(readers)
{
    [Theory, Figure("set-up")]
    public Task The_owner_of_the_server_becomes_its_superuser(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await panel.OpenAsync(new Uri(reader.Sandbox.SetupUrl!));
        await panel.FillAsync(SessionTexts.Name, Reader.Superuser);
        await panel.FillAsync(SharedTexts.Password, Reader.Password);
        await panel.FillAsync(SharedTexts.Confirmation, Reader.Password);
        await reader.PictureAsync();
        await panel.PressAsync(SetupTexts.Create);
        await panel.SeesAsync(SetupTexts.Done);
    });

    [Theory, Figure("hoster")]
    public Task The_hoster_has_a_name_and_servers_in_the_customers_domain(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await panel.FollowAsync(SharedTexts.Hoster);
        await panel.FillAsync(HosterTexts.Name, reader.Says("Hébergeur Exemple", "Example Hosting"));
        await panel.FillAsync(HosterTexts.SupportAddress, "support@example.org");
        await panel.FillAsync(HosterTexts.Webmail, "https://webmail.example.org");
        await panel.FillAsync(HosterTexts.TimeZone, "Europe/Brussels");
        await panel.ChooseAsync(HosterTexts.ServerNaming, HosterTexts.NamingPerDomain);
        await panel.PressAsync(SharedTexts.Save);
        await panel.SeesAsync(HosterTexts.Saved);
        await reader.PictureAsync();
    });

    [Theory, Figure("domain-new")]
    public Task A_domain_is_created(string language) => TellAsync(language, async reader =>
    {
        await CreateAsync(reader, "asbl.example", "asbl", "5");
        await CreateAsync(reader, "exemple.be", "exemple", "10", reader.PictureAsync);
        await reader.Panel.SeesAsync(DomainTexts.FormatCreated("exemple.be"));
        await reader.HearsAsync("gugus.dupont@exemple.be", "550 5.1.1");
    });

    [Theory, Figure("domain-settings")]
    public Task A_limit_of_the_domain_is_changed(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await panel.FollowAsync(DomainTexts.Settings);
        await panel.FillAsync(DomainTexts.MaxQuota, "50000");
        await panel.PressAsync(SharedTexts.Send);
        await panel.SeesAsync(DomainTexts.SettingsSaved);
        await reader.PictureAsync();
    });

    [Theory, Figure("admin-new")]
    public Task A_customer_gets_an_administrator(string language) => TellAsync(language, async reader =>
    {
        await AddAsync(reader, Reader.Support, AdminTexts.MaySupportOfAll, "");
        await AddAsync(reader, Reader.DomainAdmin, AdminTexts.MayDomainAdmin, "exemple.be\nasbl.example", reader.PictureAsync);
    });

    private static async Task CreateAsync(Reader reader, string name, string prefix, string accounts, Func<Task>? beforeSending = null)
    {
        var panel = reader.Panel;
        await panel.FollowAsync(SharedTexts.Domains);
        await panel.FollowAsync(DomainTexts.Add);
        await panel.FillAsync(DomainTexts.Name, name);
        await panel.FillAsync(DomainTexts.Prefix, prefix);
        await panel.FillAsync(DomainTexts.MaxAccounts, accounts);
        await panel.FillAsync(DomainTexts.DefaultQuota, "25000");
        if (beforeSending is not null) await beforeSending();
        await panel.PressAsync(DomainTexts.Create);
        await panel.SeesAsync(DomainTexts.FormatCreated(name));
    }

    private static async Task AddAsync(Reader reader, string name, string rights, string domains, Func<Task>? beforeSending = null)
    {
        var panel = reader.Panel;
        await panel.FollowAsync(SharedTexts.Admins);
        await panel.FollowAsync(AdminTexts.Add);
        await panel.FillAsync(AdminTexts.Name, name);
        await panel.FillAsync(SharedTexts.Password, Reader.Password);
        await panel.FillAsync(SharedTexts.Confirmation, Reader.Password);
        await panel.ChooseAsync(AdminTexts.Role, rights);
        await panel.FillAsync(SharedTexts.Domains, domains);
        if (beforeSending is not null) await beforeSending();
        await panel.PressAsync(AdminTexts.Create);
        await panel.SeesAsync(AdminTexts.FormatCreated(name));
    }
}
