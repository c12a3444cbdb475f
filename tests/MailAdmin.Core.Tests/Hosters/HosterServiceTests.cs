using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Hosters;

public sealed class HosterServiceTests
{
    private static readonly HosterSettings All = new(
        " All2all ", AddrSpec.Parse("support@example.org"), ServerNaming.PerDomain, DomainName.Parse("imap.example.org"), null,
        DomainName.Parse("smtp.example.org"), new Uri("https://webmail.example.org/"));

    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPQilkFAAHkATHvyQZ7AAAAAElFTkSuQmCC");

    [Fact]
    public async Task What_was_saved_is_what_every_page_sees_at_once()
    {
        await using var core = await CreateAsync();
        var hosters = core.Get<HosterRepository>();
        Assert.Null(hosters.Current.Name);

        Value(await core.Get<HosterService>().ChangeAsync(0, All, Actor.Panel));

        var current = hosters.Current;
        Assert.Equal(
            ("All2all", "support@example.org", ServerNaming.PerDomain), (current.Name, current.SupportAddress, current.ServerNaming));
        Assert.Equal(("imap.example.org", null, "smtp.example.org"), (current.ImapHost, current.Pop3Host, current.SmtpHost));
        Assert.Equal("https://webmail.example.org/", current.WebmailUrl);
    }

    [Fact]
    public async Task What_was_changed_elsewhere_is_seen_after_a_refresh()
    {
        await using var core = await CreateAsync();
        Value(await core.Get<HosterService>().ChangeAsync(0, All, Actor.Panel));
        await core.ChangeAsync<Hoster>(Hoster.OnlyId, h => h.Name = "Elsewhere");
        Assert.Equal("All2all", core.Get<HosterRepository>().Current.Name);

        await core.Get<HosterRepository>().RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Equal("Elsewhere", core.Get<HosterRepository>().Current.Name);
    }

    [Fact]
    public async Task The_second_of_two_simultaneous_edits_is_told()
    {
        await using var core = await CreateAsync();
        var service = core.Get<HosterService>();
        Value(await service.ChangeAsync(0, All, Actor.Panel));

        RefusedWith("ChangedMeanwhile", null, await service.ChangeAsync(0, All with { Name = "Late" }, Actor.Panel));
    }

    [Theory]
    [InlineData("http://webmail.example.org/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://user:secret@webmail.example.org/")]
    public async Task Webmail_is_an_https_address_without_a_password(string url)
    {
        await using var core = await CreateAsync();

        RefusedWith(
            "HosterWebmailMalformed", "Webmail", await core.Get<HosterService>()
                .ChangeAsync(0, All with { Webmail = new Uri(url) }, Actor.Panel));
    }

    [Fact]
    public async Task Only_a_superuser_changes_it_and_each_change_is_recorded()
    {
        await using var core = await CreateAsync();
        var service = core.Get<HosterService>();
        Assert.True(Logo.TryRead(Png, out var logo, out _));
        await Assert.ThrowsAsync<NotPermittedException>(() => service.ChangeAsync(0, All, Jens()));
        await Assert.ThrowsAsync<NotPermittedException>(() => service.ChangeLogoAsync(logo, Jens()));

        Value(await service.ChangeLogoAsync(logo, Actor.Panel));
        Value(await service.ChangeLogoAsync(null, Actor.Panel));

        await using var context = core.Database.Open();
        var last = await context.AuditEvents.OrderByDescending(e => e.Id).FirstAsync();
        Assert.Equal(("hoster.logo-changed", """{"type":"image/png","octets":69}"""), (last.Kind, last.Before));
    }

    [Fact] // A17
    public void A_logo_is_known_by_its_structure_and_not_by_its_first_octets()
    {
        byte[] jpeg = [0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0, 0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9];
        Assert.Equal("image/png", TypeOf(Png));
        Assert.Equal("image/jpeg", TypeOf(jpeg));
        Assert.Equal("image/webp", TypeOf([.. "RIFF"u8, 14, 0, 0, 0, .. "WEBPVP8 "u8, 2, 0, 0, 0, 1, 2]));
        Assert.Equal("HosterLogoMissing", TypeOf([]));
        Assert.Equal("HosterLogoTooLarge", TypeOf([.. Png, .. new byte[Logo.MaxOctets - Png.Length + 1]]));
        byte[][] none =
        [
            [.. "<svg onload=alert(1)>"u8], [.. "RIFF1234WAVEfmt "u8], [.. "RIFF"u8, 1, 2, 3, 4, .. "WEBPVP8 "u8],
            [0xff, 0xd8, 0xff, 0xe0, 1, 2],
            // Only the signature, data after the end, a missing part, a changed octet, a side of four billion pixels.
            [.. Png[..8], .. "<script>alert(1)</script>"u8], [.. Png, .. "<script>"u8], Png[..^12], Changed(29), Changed(16),
        ];
        Assert.All(none, content => Assert.Equal("HosterLogoUnknown", TypeOf(content)));
    }

    private static byte[] Changed(int at)
    {
        var copy = (byte[])Png.Clone();
        copy[at] ^= 0xff;
        return copy;
    }

    private static string TypeOf(byte[] content) => Logo.TryRead(content, out var logo, out var problem) ? logo.Type : problem.Code;
}
