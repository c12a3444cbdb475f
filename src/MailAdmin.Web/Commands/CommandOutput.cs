using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Shared;
using Spectre.Console;

namespace MailAdmin.Web.Commands;

/// <summary>
/// Prints a command's result: sentences and tables for people, or, with <c>--json</c>, documents of one line each for programs. A terminal
/// gets frames and colours; a pipe or file gets plain lines, with tabs between a table's columns.
/// </summary>
internal sealed class CommandOutput(bool isJson)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly IAnsiConsole _console = AnsiConsole.Console;

    public bool IsJson => isJson;

    /// <summary>Whether a person is watching, so that progress may be shown.</summary>
    public bool IsTerminal => !isJson && _console.Profile.Out.IsTerminal;

    /// <summary>Prints in the requested format.</summary>
    /// <param name="document">The result for programs; camelCase, times in UTC, enums by their names.</param>
    /// <param name="forPeople">Prints with <see cref="Line"/> and <see cref="Table"/>.</param>
    public void Report(object document, Action forPeople)
    {
        if (isJson) Json(document);
        else forPeople();
    }

    /// <summary>Prints one document in one line.</summary>
    public void Json(object document) => Console.Out.WriteLine(JsonSerializer.Serialize(document, Options));

    /// <summary>Prints one line for people, unchanged.</summary>
    /// <param name="style">A style of Spectre ("green", "bold red"); it shows on terminals only.</param>
    public void Line(string text = "", string? style = null)
    {
        if (IsTerminal && style is not null) _console.MarkupLineInterpolated(CultureInfo.CurrentCulture, $"[{style}]{text}[/]");
        else Console.Out.WriteLine(text);
    }

    /// <summary>Prints rows for people.</summary>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (!IsTerminal)
        {
            foreach (var row in rows) Console.Out.WriteLine(string.Join('\t', row.Select(Plain)));
            return;
        }
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns) table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))));
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(cell)));
        _console.Write(table);
    }

    /// <summary>Prints the error that ends the command to standard error; with <c>--json</c> as <c>{"error": …}</c>.</summary>
    public void Error(string text) => Console.Error.WriteLine(isJson ? JsonSerializer.Serialize(new { error = text }, Options) : text);

    /// <summary>Prints problems that a person can correct, in the pages' words, one a line.</summary>
    public ExitCode Refused(IEnumerable<Problem> problems)
    {
        var told = problems.Select(p => new { code = p.Code, field = p.Field, text = Problems.TextOf(p) }).ToList();
        if (isJson)
            Console.Error.WriteLine(
                JsonSerializer.Serialize(new { error = string.Join(' ', told.Select(t => t.text)), problems = told }, Options));
        else foreach (var problem in told) Console.Error.WriteLine(problem.text);
        return ExitCode.Findings;
    }

    private static string Plain(string cell) => cell.ReplaceLineEndings(" ").Replace('\t', ' ');
}
