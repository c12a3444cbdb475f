using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Tests.Sieve;

[Trait("Lane", "unit")]
public sealed class VacationScriptProperties : IDisposable
{
    private readonly SieveTools _tools = new();

    // Characters that matter for quoting come often enough to meet one another.
    private static readonly Gen<string> Text = Gen.ListOf(Gen.OneOf(
        Gen.Elements(
            "\"", "\\", "${", "}", "${d}", "$", "{", "\n", ".", "\n.\n", "%", "#", "/*", "*/", ";", "text:", "é", "🏝️", " ", "\t", "a", "[",
            "]", "\u2028"),
        ArbMap.Default.GeneratorFor<char>().Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Select(c => c.ToString())))
            .Select(string.Concat);

    [Property(MaxTest = 60)]
    public Property Whatever_is_typed_compiles_and_is_what_the_server_understood() =>
        Prop.ForAll(Text.ToArbitrary(), Text.ToArbitrary(), (text, subject) =>
    {
        var line = subject.Replace("\n", " ", StringComparison.Ordinal);

        var understood = _tools.Understand(VacationScript.Write(Vacations.Of(text, line), null, SieveTools.AllExtensions));

        Assert.Contains(Told("MESG", text.Replace("\n", "\r\n", StringComparison.Ordinal)), understood, StringComparison.Ordinal);
        Assert.Contains(Told("SUBJ", line), understood, StringComparison.Ordinal);
        Assert.Equal(1, understood.Split("VACATION").Length - 1);
    });

    [Property(MaxTest = 500)]
    public Property The_header_tells_what_was_written_and_notices_every_change() =>
        Prop.ForAll(Text.ToArbitrary(), Text.ToArbitrary(), (name, body) =>
    {
        var before = new UserScript(name.Replace("\n", "", StringComparison.Ordinal), ["reject", "vacation"]);
        var script = ScriptHeader.Write(before, body);

        var header = ScriptHeader.Read(script)!;

        Assert.True(header.IsUnchanged);
        Assert.Equal((before.Name, "reject vacation"), (header.Before!.Name, string.Join(' ', header.Before.Aside)));
        Assert.False(ScriptHeader.Read(script + "keep;")!.IsUnchanged);
    });

    [Property(MaxTest = 1000)]
    public Property Nothing_in_a_string_or_a_comment_is_taken_for_a_command() => Prop.ForAll(Text.ToArbitrary(), text =>
    {
        var inString = $"if header :is \"Subject\" {SieveQuoting.Quote($"{text} vacation reject", false)} {{ discard; }}";
        var inComment = $"/* {text.Replace("*", "", StringComparison.Ordinal)} vacation */ keep;";

        Assert.Equal(["discard", "header", "if"], SieveLexer.Identifiers(inString).Order());
        Assert.Equal(["keep"], SieveLexer.Identifiers(inComment));
    });

    [Property(MaxTest = 1000)]
    public void Any_text_is_read_to_its_end(NonNull<string> text) => Assert.NotNull(SieveLexer.Identifiers(text.Get));

    public void Dispose() => _tools.Dispose();

    private static string Told(string what, string text)
    {
        var escaped = text.Replace("${", "${d}{", StringComparison.Ordinal);
        return $"{what}({{{Encoding.UTF8.GetByteCount(escaped)}}}{escaped})";
    }
}
