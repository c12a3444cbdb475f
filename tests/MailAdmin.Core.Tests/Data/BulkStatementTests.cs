using System.Text.RegularExpressions;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Data;

/// <summary>
/// Statements that bypass the change tracker are not observed, so no map row and no script follows what they change (decision 0004).
/// The statements on tables from which rows follow are listed here, with the columns that they change and the reason why nothing follows
/// from these columns.
/// </summary>
public sealed partial class BulkStatementTests
{
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["Accounts/AccountRules.cs: Domains NextNumber AccountCount"] = "counters, which no row shows",
        ["Accounts/AccountRules.cs: Domains AccountCount"] = "a counter",
        ["Accounts/AccountRules.cs: Domains AccountCount AllocatedKiB"] = "counters",
        ["Accounts/AccountRules.cs: Domains AllocatedKiB"] = "a counter",
        ["Accounts/AccountRules.cs: Domains NextNumber"] = "a counter",
        ["Accounts/MailboxFacts.cs: Accounts MailboxId"] = "compared in Cyrus, never in a map",
        ["Backups/PassedNames.cs: Domains NextNumber"] = "a counter",
        ["Data/LoginDirectory.cs: Accounts LastLoginAt LastLoginService"] = "for people to read",
        ["Data/LoginDirectory.cs: Accounts PasswordHash"] = "another hash of the same password",
        ["Data/LoginDirectory.cs: Accounts TriedAddressAt TriedAddressService TriedAddress"] = "for people to read",
        ["Data/Sqlite/SqliteSearchSchema.cs: Destinations LocalAddressId"] = "the value stays; only the search's trigger runs",
        ["Domains/DomainRemoval.cs: Domains AccountCount"] = "a counter",
    };

    [GeneratedRegex(@"\bExecute(?<what>Update|Delete)(Async)?\s*\(", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex BulkCall { get; }

    [GeneratedRegex(@"SetProperty\(\s*\w+ => \w+\.(?<column>\w+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SetProperty { get; }

    [GeneratedRegex(@"\b(UPDATE|DELETE\s+FROM|(INSERT|REPLACE)(\s+OR\s+\w+)?\s+INTO)\s+""?(?<table>\w+)",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Sql { get; }

    [GeneratedRegex(@"""(?<column>\w+)"" = ", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SqlColumn { get; }

    [Fact]
    public async Task No_statement_past_the_change_tracker_changes_what_map_rows_follow_from()
    {
        await using var core = await CreateAsync();
        var root = SourceFiles.At("src");
        var files = SourceFiles.Below("src").Order(StringComparer.Ordinal).ToList();
        Assert.True(files.Count > 500);

        var (sets, tables) = Names(core);
        var found = files.SelectMany(
            f => StatementsIn(File.ReadAllText(f), sets, tables)
                .Select(s => $"{Path.GetRelativePath(Path.Combine(root, "MailAdmin.Core"), f)}: {s}")).ToHashSet();

        AssertNone("not observed", found.Except(Allowed.Keys));
        AssertNone("gone from the code", Allowed.Keys.Except(found));
    }

    [Theory]
    [InlineData("await context.Accounts.Where(a => a.IsFull).ExecuteUpdateAsync(s => s.SetProperty(a => a.State, x));", "Accounts State")]
    [InlineData("var gone = context.Addresses.Where(a => a.Id == 1);\n        await gone.ExecuteDeleteAsync();", "Addresses *")]
    [InlineData("await domains.ExecuteDeleteAsync();", "? *")]
    [InlineData("await context.RunAsync($\"\"\"UPDATE \"Domains\" SET \"State\" = 1 WHERE \"Id\" = 2\"\"\");", "Domains State")]
    [InlineData("command.CommandText = \"DELETE FROM Addresses\";", "Addresses *")]
    [InlineData(
        "Task EndAsync(IQueryable<Account> ended) => ended.Where(a => a.Id == 1).ExecuteUpdateAsync(s => s.SetProperty(a => a.State, x));",
        "Accounts State")]
    [InlineData("await context.Jobs.Where(t => context.Accounts.Any(a => a.Id == t.SubjectId)).ExecuteDeleteAsync();", null)]
    public async Task A_statement_past_the_change_tracker_is_found(string code, string? expected)
    {
        await using var core = await CreateAsync();
        var (sets, tables) = Names(core);

        Assert.Equal(expected is null ? [] : [expected], StatementsIn("\n\n        " + code, sets, tables));
    }

    // The entity of each set of the context, and the tables from which rows follow.
    private static (Dictionary<string, Type> Sets, HashSet<string> Tables) Names(CoreFixture core)
    {
        using var context = core.Database.Open();
        var sets = typeof(MailContext).GetProperties()
            .Where(p => p.PropertyType.IsGenericType && p.PropertyType.GetGenericTypeDefinition() == typeof(DbSet<>))
            .ToDictionary(p => p.Name, p => p.PropertyType.GenericTypeArguments[0], StringComparer.Ordinal);
        return (sets, [.. ChangeReaders.Entities.Select(t => context.Model.FindEntityType(t)!.GetTableName()!)]);
    }

    private static IEnumerable<string> StatementsIn(string code, Dictionary<string, Type> sets, HashSet<string> tables)
    {
        foreach (Match call in BulkCall.Matches(code))
        {
            var columns = call.Groups["what"].Value == "Delete"
                ? "*" : string.Join(' ', Columns(SetProperty, code[call.Index..].Split(';')[0]));
            var set = SetOf(code[..call.Index], sets);
            if (set is null || ChangeReaders.Entities.Contains(sets[set])) yield return $"{set ?? "?"} {columns}";
        }
        foreach (Match sql in Sql.Matches(code))
        {
            var columns = Columns(SqlColumn, code[sql.Index..].Split(';')[0].Split("WHERE")[0]);
            if (tables.Contains(sql.Groups["table"].Value))
                yield return $"{sql.Groups["table"]} {(columns.Count == 0 ? "*" : string.Join(' ', columns))}";
        }
    }

    // The set whose rows the statement changes. It is named in the chain of calls, or in the expression from which the first variable of
    // the chain was made. Null if it cannot be told.
    private static string? SetOf(string before, Dictionary<string, Type> sets)
    {
        var chain = ChainAtEnd(before);
        if (chain.FirstOrDefault(sets.ContainsKey) is { } direct) return direct;
        if (chain[0].Length == 0) return null;
        var member = before[(before.LastIndexOf("\n\n", StringComparison.Ordinal) + 1)..];
        var made = Regex.Match(
            member, $@"\b(IQueryable<(?<entity>\w+)> {chain[0]}\b|var {chain[0]} = (?<value>[^;]+);)", RegexOptions.NonBacktracking);
        if (made.Groups["entity"] is { Success: true, Value: var entity }) return sets.FirstOrDefault(s => s.Value.Name == entity).Key;
        return made.Groups["value"] is { Success: true, Value: var value } ? ChainAtEnd(value).FirstOrDefault(sets.ContainsKey) : null;
    }

    // The names in "context.Accounts.Where(a => …)." from the beginning, without the text in brackets.
    private static List<string> ChainAtEnd(string code)
    {
        var (names, at) = (new List<string>(), code.Length);
        while (true)
        {
            code = code[..at].TrimEnd().TrimEnd('.').TrimEnd();
            at = code.Length;
            for (var depth = 0; at > 0 && (depth > 0 || code[at - 1] == ')'); at--) depth += code[at - 1] switch
            {
                ')' =>
                1,
                '(' => -1,
                _ => 0
            };
            var end = at;
            while (at > 0 && (char.IsLetterOrDigit(code[at - 1]) || code[at - 1] == '_')) at--;
            names.Insert(0, code[at..end]);
            if (!code[..at].TrimEnd().EndsWith('.')) return names;
        }
    }

    private static List<string> Columns(Regex pattern, string code) =>
        [.. pattern.Matches(code).Select(m => m.Groups["column"].Value).Distinct()];

    private static void AssertNone(string what, IEnumerable<string> statements) =>
        Assert.True(!statements.Any(), $"{what}: {string.Join("; ", statements)}");
}
