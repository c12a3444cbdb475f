using System.Text;
using MailAdmin.Provisioning.MailboxCopies;

namespace MailAdmin.Provisioning.Tests.MailboxCopies;

public sealed class MessageRepairTests
{
    [Theory]
    [InlineData("A: b\r\n\r\ntext\r\n", "A: b\r\n\r\ntext\r\n")]
    [InlineData("A: b\n\ntext\nmore\r\n", "A: b\r\n\r\ntext\r\nmore\r\n")]
    [InlineData("A: b\r\n\r\nte\0xt\r\n", "A: b\r\n\r\nte xt\r\n")]
    [InlineData("A: b\r\n\r\ntext \u00e9\r\n", "A: b\r\n\r\ntext \u00e9\r\n")]
    [InlineData("Subject: \u00e9t\u00e9\r\n\r\nx\r\n", "Subject: =?utf-8?b?w6l0w6k=?=\r\n\r\nx\r\n")]
    [InlineData(
        "From: \"L\u00c3\u00a9o\" <leo@example.org>\r\nTo: a@example.org\r\n\r\nx",
        "From: =?utf-8?b?TMOpbw==?= <leo@example.org>\r\nTo: a@example.org\r\n\r\nx")]
    [InlineData(
        "From: Gugus <gugus@example.org>\r\nSubject: MARKER-HEAD spec0001 L\u00e9ger 0\r\nMessage-ID: <a@b>\r\n\r\nx\r\n",
        "From: Gugus <gugus@example.org>\r\nSubject: MARKER-HEAD spec0001 =?utf-8?b?TMOpZ2Vy?= 0\r\nMessage-ID: <a@b>\r\n\r\nx\r\n")]
    [InlineData("A: b", "A: b")]
    [InlineData("", "")]
    public void Only_what_IMAP_forbids_is_corrected(string message, string corrected)
    {
        var octets = Encoding.Latin1.GetBytes(message);
        var repair = new MessageRepair();
        repair.Inspect(octets);
        Assert.Equal(message != corrected, repair.IsNeeded);
        Assert.Equal(corrected, Encoding.Latin1.GetString(MessageRepair.Correct(octets)), ignoreCase: true);
    }

    [Theory]
    [InlineData("A: b\r\n\r\ntext\r\nmore\r\n", false)]
    [InlineData("A: b\r\n\r\ntext\r\nmore\n", true)]
    [InlineData("A: b\r\n\r\ntext\nmore\r\n", true)]
    [InlineData("A: b\r\n\n", true)]
    public void However_a_message_is_divided_the_verdict_is_the_same(string message, bool isNeeded)
    {
        var octets = Encoding.Latin1.GetBytes(message);
        for (var size = 1; size <= octets.Length; size++)
        {
            var repair = new MessageRepair();
            foreach (var part in octets.Chunk(size)) repair.Inspect(part);
            Assert.Equal(isNeeded, repair.IsNeeded);
        }
    }
}
