using System.Net;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Roles;

/// <summary>What happens to signed-in admins when a superuser changes them: the change holds from their next page on.</summary>
public sealed class SignedInMeanwhileTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact] // C096
    public async Task A_deleted_admin_is_out_with_his_next_page_and_his_name_opens_nothing()
    {
        var (superuser, luc) = await StartAsync(AdminRole.Superuser);

        await superuser.SubmitAsync($"/admins/{await IdAsync("luc")}/delete");

        Assert.StartsWith("/sign-in", (await luc.GetAsync("/admins")).Path, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await (await _panel.SignInAsync("luc")).GetAsync("/admins")).Path, StringComparison.Ordinal);
    }

    [Fact] // C096
    public async Task A_demoted_superuser_is_what_he_is_now_with_his_next_page()
    {
        var (superuser, luc) = await StartAsync(AdminRole.Superuser);
        var form = await luc.GetAsync("/domains/new");

        await superuser.SubmitAsync($"/admins/{await IdAsync("luc")}", ("Rights", "Support"), ("Domains", ""));

        Assert.Equal(
            HttpStatusCode.Forbidden, (await luc.SubmitAsync(form, "main form", ("Name", "new.example"), ("Prefix", "new"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await luc.GetAsync("/admins")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await luc.GetAsync("/domains/exemple.be/accounts")).Status);
    }

    [Fact] // C096
    public async Task A_domain_that_was_taken_is_gone_with_the_next_page_and_one_that_was_given_is_there()
    {
        var (superuser, luc) = await StartAsync(AdminRole.DomainAdmin);
        await _panel.AddDomainAsync("voisin.example", "voisin");
        Assert.Equal(HttpStatusCode.OK, (await luc.GetAsync("/domains/exemple.be/accounts/new")).Status);

        await superuser.SubmitAsync($"/admins/{await IdAsync("luc")}", ("Domains", "voisin.example"));

        Assert.Equal(HttpStatusCode.NotFound, (await luc.GetAsync("/domains/exemple.be/accounts/new")).Status);
        Assert.Equal(HttpStatusCode.OK, (await luc.GetAsync("/domains/voisin.example/accounts/new")).Status);
    }

    [Theory] // C096
    [InlineData("stopped")]
    [InlineData("password")]
    public async Task A_stopped_admin_and_one_with_a_new_password_are_out_with_their_next_page(string what)
    {
        var (superuser, luc) = await StartAsync(AdminRole.DomainAdmin);
        var path = $"/admins/{await IdAsync("luc")}";

        if (what == "stopped") await superuser.SubmitAsync(path, ("State", "Stopped"));
        else await superuser.SubmitAsync(
            path + "/password", ("Password", "Lima8-delta-y"), ("Confirmation", "Lima8-delta-y"), ("Present", PanelApplication.Password));

        Assert.StartsWith("/sign-in", (await luc.GetAsync("/domains")).Path, StringComparison.Ordinal);
    }

    [Fact] // C094
    public async Task Role_and_domains_sent_along_with_ones_own_settings_change_nothing()
    {
        var (_, luc) = await StartAsync(AdminRole.Support);
        var form = await luc.GetAsync("/settings");
        var values = Browser.ValuesOf((AngleSharp.Html.Dom.IHtmlFormElement)form.Document.QuerySelector("main form")!);
        (values["Role"], values["Rights"], values["Domains"], values["SeesAllDomains"]) = (
            "Superuser", "Superuser", "voisin.example", "true");

        Assert.Equal("/settings", (await luc.PostAsync("/settings", values)).Path);

        var admin = await _panel.Get<AdminRepository>().FindAsync(await IdAsync("luc"));
        Assert.Equal((AdminRole.Support, false, "exemple.be"), (admin!.Role, admin.SeesAllDomains, admin.Domains.Single().Value));
    }

    [Fact]
    public async Task Support_says_why_it_resets_a_password_and_others_may()
    {
        var (superuser, luc) = await StartAsync(AdminRole.Support);
        const string path = "/domains/exemple.be/accounts/exemple0001/password";
        (string, string)[] password = [("Password", "Lima8-delta-y"), ("Confirmation", "Lima8-delta-y")];

        var refused = await luc.SubmitAsync(path, password);
        var done = await luc.SubmitAsync(path, [.. password, ("Reason", "rappelé au 02 555")]);

        Said.In(ProblemTexts.ResetReasonMissing, refused.ErrorAt("Reason"));
        Assert.Equal("/domains/exemple.be/accounts/exemple0001", done.Path);
        Assert.Equal("/domains/exemple.be/accounts/exemple0001", (await superuser.SubmitAsync(path, password)).Path);
    }

    private async Task<(Browser Superuser, Browser Luc)> StartAsync(AdminRole role)
    {
        var superuser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        await _panel.AddAccountAsync(domain, "gugus.dupont");
        await _panel.AddAdminAsync("luc", role, domain);
        return (superuser, await _panel.SignInAsync("luc"));
    }

    private async Task<long> IdAsync(string name) => (await _panel.Get<SessionRepository>().FindAdminAsync(name))!.Id;
}
