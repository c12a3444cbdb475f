using System.Text;
using MailAdmin.Provisioning.Installation;
using MailAdmin.Web.Commands.Install;

namespace MailAdmin.Web.Tests.Commands.Install;

/// <summary>What stands in the way of an installation, and what does not. Planning needs no root.</summary>
[Trait("Lane", "unit")]
public sealed class InstallPlannerTests : IDisposable
{
    private readonly FreshDebian _debian = new();

    public void Dispose() => _debian.Dispose();

    [Fact]
    public void On_a_fresh_Debian_nothing_stands_in_the_way()
    {
        var (plan, obstacles) = Plan();

        Assert.Empty(obstacles);
        Assert.Equal(
            [
                "/etc/cyrus.conf", "/etc/default/postsrsd", "/etc/imapd.conf", "/etc/mailadmin/cyrus-admin.secret",
                "/etc/mailadmin/settings.json", "/etc/mailadmin/tls/certificate.pem", "/etc/mailadmin/tls/key.pem", "/etc/postfix/main.cf",
                "/etc/postfix/master.cf", "/etc/postfix/sasl/smtpd.conf", "/etc/postsrsd.secret",
            ],
            plan!.Files.Select(f => f.Path).Order(StringComparer.Ordinal));
        Assert.Equal([new("postfix", "mail"), new("postfix", "sasl")], plan.Memberships);
        Assert.Equal(8, plan.NewMaps.Count);
    }

    // As Postfix 3.10.13-0+deb13u1 wrote it, where ssl-cert is installed too.
    [Fact]
    public void The_main_cf_of_Debian_13_is_Debians()
    {
        _debian.Write(
            "etc/postfix/main.cf",
            """
            compatibility_level = 3.9
            myorigin = $myhostname
            smtpd_banner = $myhostname ESMTP $mail_name (Debian)
            inet_protocols = all
            mynetworks_style = host
            mynetworks = 127.0.0.0/8 [::ffff:127.0.0.0]/104 [::1]/128
            mydestination = $myhostname, debian, localhost.localdomain, localhost
            mailbox_size_limit = 0
            mailbox_command =
            alias_maps = hash:/etc/aliases
            alias_database = hash:/etc/aliases
            biff = no
            recipient_delimiter = +
            relayhost =
            cyrus_sasl_config_path = /etc/postfix/sasl
            html_directory = /usr/share/doc/postfix/html
            readme_directory = /usr/share/doc/postfix
            smtpd_tls_key_file = /etc/ssl/private/ssl-cert-snakeoil.key
            smtpd_tls_cert_file = /etc/ssl/certs/ssl-cert-snakeoil.pem
            smtpd_tls_security_level = may
            smtp_tls_CAfile = /etc/ssl/certs/ca-certificates.crt
            smtp_tls_security_level = may
            smtp_tls_session_cache_database = btree:${data_directory}/smtp_scache
            smtpd_relay_restrictions = permit_mynetworks permit_sasl_authenticated defer_unauth_destination
            myhostname = debian
            inet_interfaces = all

            """);

        Assert.Empty(Plan().Obstacles);
    }

    [Theory]
    [InlineData("etc/postfix/main.cf", "relayhost = [smarthost.example.com]\n", "relayhost = [smarthost.example.com]")]
    [InlineData("etc/postfix/main.cf", "virtual_mailbox_domains = customer.example\n", "virtual_mailbox_domains = customer.example")]
    [InlineData("etc/postfix/master.cf", "amavis unix - - n - 2 smtp\n", "master.cf")]
    [InlineData("etc/imapd.conf", "virtdomains: userid\n", "imapd.conf")]
    [InlineData("var/spool/cyrus/mail/j/user/jens/cyrus.header", "", "user/jens")]
    [InlineData("var/spool/postfix/deferred/A/A1B2C3", "mail", "1")]
    public void A_server_that_has_mail_is_left_alone_until_somebody_insists(string file, string text, string named)
    {
        _debian.Write(file, (File.Exists(_debian.In(file)) ? _debian.Read(file) : "") + text);

        var obstacle = Assert.Single(Plan().Obstacles);

        Assert.Contains(named, InstallText.Of(obstacle), StringComparison.Ordinal);
        Assert.True(obstacle.MayBeReplaced);
        Assert.NotNull(Plan(mayReplace: true).Plan);
    }

    [Theory]
    [InlineData("localhost", "jens@example.net", null, "HostnameWrong")]
    [InlineData("-mail.example.org", "jens@example.net", null, "HostnameWrong")]
    [InlineData("192.0.2.1", "jens@example.net", null, "HostnameWrong")]
    [InlineData("mail.example.org", "jens", null, "SuperuserWrong")]
    [InlineData("mail.example.org", "jens@mail.example.org", null, "SuperuserOnHost")]
    [InlineData("mail.example.org", "jens@example.net", "mail.example.org", "PanelUrlWrong")]
    [InlineData("mail.example.org", "jens@example.net", "https://mail.example.org/panel", "PanelUrlWrong")]
    public void A_wrong_answer_is_named(string host, string email, string? url, string code) =>
        Assert.Equal(code, Assert.Single(InstallAnswers.Parse(new(host, email, url ?? "https://mail.example.org")).Obstacles).Code);

    [Fact]
    public void Where_certbot_and_nginx_are_they_get_their_files()
    {
        Directory.CreateDirectory(_debian.In("etc/letsencrypt"));
        Directory.CreateDirectory(_debian.In("etc/nginx/conf.d"));

        var files = Plan().Plan!.Files.ToDictionary(f => f.Path, f => Encoding.UTF8.GetString(f.Content!), StringComparer.Ordinal);

        Assert.Contains(" mail.example.org ", files["/etc/letsencrypt/renewal-hooks/deploy/mailadmin"], StringComparison.Ordinal);
        Assert.Contains("server_name mail.example.org;", files["/etc/nginx/conf.d/mailadmin.conf"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_site_of_nginx_follows_a_new_name_unless_somebody_has_changed_it()
    {
        const string site = "/etc/nginx/conf.d/mailadmin.conf";
        Directory.CreateDirectory(_debian.In("etc/nginx/conf.d"));
        var first = Encoding.UTF8.GetString(Plan().Plan!.Files.Single(f => f.Path == site).Content!);
        _debian.Write(site.TrimStart('/'), first + "# mine\n");

        var renamed = Encoding.UTF8.GetString(Plan("panel.example.org").Plan!.Files.Single(f => f.Path == site).Content!);

        Assert.Contains("server_name panel.example.org;", renamed, StringComparison.Ordinal);
        Assert.DoesNotContain("mail.example.org", renamed, StringComparison.Ordinal);
        Assert.EndsWith("# mine\n", renamed, StringComparison.Ordinal);
        _debian.Write(site.TrimStart('/'), first.Replace("30m", "90m", StringComparison.Ordinal));
        Assert.DoesNotContain(Plan("panel.example.org").Plan!.Files, f => f.Path == site);
    }

    [Fact]
    public void Settings_that_the_hoster_added_stay()
    {
        var answers = InstallAnswers.Parse(new("mail.example.org", "jens@example.net", "https://mail.example.org")).Answers!;
        var written = SettingsText.Of(answers, null, dane: false);
        Assert.Equal(written, SettingsText.Of(answers, written, dane: true));
        var present = written.Replace("\"Proxies\"", "\"LogLevel\": \"Debug\",\n    \"Proxies\"", StringComparison.Ordinal);

        var other = InstallAnswers.Parse(new("mx.example.org", "jens@example.net", "https://mail.example.org")).Answers!;
        var changed = SettingsText.Parse(SettingsText.Of(other, present, dane: false))!["MailAdmin"]!;

        Assert.Equal("Debug", (string?)changed["LogLevel"]);
        Assert.Equal("mx.example.org", (string?)changed["Maps"]!["Origin"]);
        Assert.Equal("store.mail.example.org", (string?)changed["Store"]!["Name"]);
    }

    private (InstallPlan? Plan, IReadOnlyList<Obstacle> Obstacles) Plan(string panel = "mail.example.org", bool mayReplace = false)
    {
        var root = new SystemRoot(_debian.Path);
        var answers = InstallAnswers.Parse(new("mail.example.org", "jens@example.net", $"https://{panel}")).Answers!;
        return new InstallPlanner(root, UnixAccounts.Read(root), TimeProvider.System).Plan(answers, mayReplace, dane: false);
    }
}
