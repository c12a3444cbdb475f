using System.Text;
using FsCheck;
using FsCheck.Xunit;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Tests.Cyrus;

[Trait("Lane", "unit")]
public sealed class ImapTextTests
{
    [Theory]
    [InlineData("""LIST (\HasChildren) "/" user/exemple0001""", new[] { "LIST", "\\HasChildren", "/", "user/exemple0001" })]
    [InlineData("""LIST () "/" "user/x/Avec \"espace\" \\ et" """, new[] { "LIST", "", "/", "user/x/Avec \"espace\" \\ et" })]
    [InlineData("QUOTA user/x (STORAGE 10 512)", new[] { "QUOTA", "user/x", "STORAGE 10 512" })]
    [InlineData("""NAMESPACE (("" "/")) (("user/" "/")) NIL""", new[] { "NAMESPACE", "(\"\" \"/\")", "(\"user/\" \"/\")", "NIL" })]
    [InlineData("QUOTA x (STORAGE", new[] { "QUOTA", "x", "STORAGE" })]
    public void Words_are_read_as_the_server_writes_them(string line, string[] words) => Assert.Equal(words, ImapText.Words(line));

    [Theory]
    [InlineData("Envoy&AOk-s", "Envoyés")]
    [InlineData("R&-D", "R&D")]
    [InlineData("&U,BTFw-", "台北")]
    [InlineData("&!!-", "&!!-")]
    [InlineData("&", "&")]
    public void Folder_names_are_shown_as_people_see_them(string name, string shown) => Assert.Equal(shown, ImapText.Decode(name));

    [Theory]
    [InlineData("Envoyés", "Envoy&AOk-s")]
    [InlineData("R&D", "R&-D")]
    [InlineData("台北", "&U,BTFw-")]
    [InlineData("é&è", "&AOk-&-&AOg-")]
    [InlineData("a\r\nb", "a&AA0ACg-b")]
    public void Folder_names_are_sent_as_the_server_has_them(string shown, string name) => Assert.Equal(name, ImapText.Encode(shown));

    [Property]
    public void Every_folder_name_comes_back_as_it_was_sent_in_printable_octets(NonNull<string> text)
    {
        var name = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get));
        Assert.Equal(name, ImapText.Decode(ImapText.Encode(name)));
        Assert.All(ImapText.Encode(name), c => Assert.InRange(c, ' ', '~'));
    }

    [Fact]
    public async Task A_literal_is_read_whole_wherever_it_is_cut()
    {
        var octets = Encoding.UTF8.GetBytes("* LIST () \"/\" {12}\r\nuser/x/a\r\nb\" \r\n* OK\r\n");
        foreach (var size in Enumerable.Range(1, octets.Length))
        {
            var lines = new ImapLines(new Pieces(octets, size));
            lines.Allow(octets.Length);
            Assert.Equal("* LIST () \"/\" \"user/x/a\r\nb\\\"\" ", await lines.ReadAsync(default));
            Assert.Equal("* OK", await lines.ReadAsync(default));
            await Assert.ThrowsAsync<EndOfStreamException>(() => lines.ReadAsync(default).AsTask());
        }
    }

    /// <summary>Returns at most <c>size</c> octets at a time.</summary>
    private sealed class Pieces(byte[] octets, int size) : MemoryStream(octets)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
