using Spectre.Console;

namespace MailAdmin.Sandbox;

/// <summary>Prints the access data of a started sandbox: as a table on a terminal, as plain lines to a file or a pipe.</summary>
internal static class SandboxReport
{
    public static void Write(IAnsiConsole console, MailSandbox sandbox)
    {
        var rows = Rows(sandbox).ToList();
        if (console.Profile.Out.IsTerminal) console.Write(Table(rows));
        else foreach (var (name, value) in rows) Console.WriteLine($"{name,-16} {value}");
        if (sandbox.SetupUrl is { } setup) Console.WriteLine($"First-run set-up: {setup}"); // alone on its line, to be copied whole
        Console.WriteLine($"The same for scripts: {sandbox.Folder.Description}. Ctrl-C stops it; its data stays.");
    }

    private static IEnumerable<(string Name, string Value)> Rows(MailSandbox sandbox)
    {
        var description = sandbox.Description;
        yield return ("Panel", description.Panel.Url);
        if (description.Panel is { User: { } user, Password: { } password }) yield return ("Superuser", $"{user} / {password}");
        yield return ("IMAP, IMAPS", Ports(description.Imap, description.Imaps));
        yield return ("POP3, POP3S", Ports(description.Pop3, description.Pop3s));
        yield return ("ManageSieve", Ports(description.Sieve));
        yield return ("SMTP, SMTPS", Ports(description.Smtp, description.Smtps));
        yield return ("Submission", Ports(description.Submission));
        yield return ("Cyrus admin", $"{description.CyrusAdmin.User} / {description.CyrusAdmin.Password}");
        foreach (var account in description.Accounts)
            yield return (account.Username, $"{account.Address} / {account.Password}");
        yield return ("Folder", sandbox.Folder.Path);
    }

    private static string Ports(params Endpoint[] endpoints) => string.Join(", ", endpoints.Select(e => $"{e.Host}:{e.Port}"));

    private static Table Table(IEnumerable<(string Name, string Value)> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("name", "value");
        foreach (var (name, value) in rows) table.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(value));
        return table;
    }
}
