using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Shared;
using Spectre.Console;

namespace MailAdmin.Web.Commands;

/// <summary>
/// Where a command reports: sentences and tables for people, or with <c>--json</c> documents of one line each for programs. At a terminal
/// there are frames and colours; into a pipe or file plain lines, the columns of a table with tabs between.
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

    /// <summary>A person reads along: progress may be shown.</summary>
    public bool IsTerminal => !isJson && _console.Profile.Out.IsTerminal;

    /// <summary>Reports in the way that was asked for.</summary>
    /// <param name="document">The same for programs; camelCase, times in UTC, enums by their names.</param>
    /// <param name="forPeople">Writes with <see cref="Line"/> and <see cref="Table"/>.</param>
    public void Report(object document, Action forPeople)
    {
        if (isJson) Json(document);
        else forPeople();
    }

    /// <summary>One document, in one line.</summary>
    public void Json(object document) => Console.Out.WriteLine(JsonSerializer.Serialize(document, Options));

    /// <summary>One line for people, as it is.</summary>
    /// <param name="style">As Spectre knows it ("green", "bold red"); seen at terminals only.</param>
    public void Line(string text = "", string? style = null)
    {
        if (IsTerminal && style is not null) _console.MarkupLineInterpolated(CultureInfo.CurrentCulture, $"[{style}]{text}[/]");
        else Console.Out.WriteLine(text);
    }

    /// <summary>Rows for people.</summary>
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

    /// <summary>What stops the command, on standard error; with <c>--json</c> as <c>{"error": …}</c>.</summary>
    public void Error(string text) => Console.Error.WriteLine(isJson ? JsonSerializer.Serialize(new { error = text }, Options) : text);

    /// <summary>What a person can put right: the words of the pages, one a line.</summary>
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
