using System.Globalization;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Imports;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Aliases;
using MailAdmin.Web.Features.Redirects;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Imports;

/// <summary>The words for rows of a list.</summary>
public static class ImportText
{
    /// <summary>Style and word of what a row does or did.</summary>
    public static (string Style, string Word) StateOf(ImportRow row) => row switch
    {
        { Action: ImportAction.Wrong } => ("bad", ImportTexts.Wrong),
        { State: ImportRowState.Refused } => ("bad", ImportTexts.Refused),
        { Action: ImportAction.Unchanged } => ("soft", ImportTexts.Unchanged),
        { State: ImportRowState.Done } => ("ok", ImportTexts.Done),
        { Action: ImportAction.Create, Kind: ImportKind.Alias } => ("wait", ImportTexts.CreateAlias),
        { Action: ImportAction.Create } => ("wait", ImportTexts.CreateAccount),
        _ => ("wait", ImportTexts.Change),
    };

    /// <summary>All reasons of a row that is wrong or was refused, in the reader's language.</summary>
    public static string ReasonOf(ImportRow row) => string.Join(' ', ImportJson.ProblemsOf(row.Problems).Select(Problems.TextOf));

    /// <summary>What a field becomes: "Quota: 25 000 KB → 500 MB".</summary>
    public static string ChangeOf(FieldChange change)
    {
        var label = LabelOf(change.Column);
        if (change.Column == ListColumn.Password) return ImportTexts.PasswordSet;
        if (change.Column == ListColumn.Hash) return ImportTexts.HashKept;
        var to = ValueOf(change.Column, change.To);
        return change.From is null
            ? ImportTexts.FormatField(label, to) : ImportTexts.FormatFieldChanges(label, ValueOf(change.Column, change.From), to);
    }

    public static string FilterOf(ImportFilter filter) => filter switch
    {
        ImportFilter.Wrong => ImportTexts.Wrong,
        ImportFilter.Creates => ImportTexts.Creates,
        ImportFilter.Changes => ImportTexts.Change,
        ImportFilter.Unchanged => ImportTexts.Unchanged,
        ImportFilter.Refused => ImportTexts.Refused,
        _ => ImportTexts.AllRows,
    };

    public static string StateOf(Import import) => import.State switch
    {
        ImportState.Previewed => ImportTexts.StatePreviewed,
        ImportState.Running => ImportTexts.StateRunning,
        _ => ImportTexts.StateDone,
    };

    public static string SeparatorOf(string? separator) => separator switch
    {
        ";" => ImportTexts.Semicolon,
        "\t" => ImportTexts.Tab,
        "," => ImportTexts.Comma,
        _ => ImportTexts.PostfixTable,
    };

    private static string LabelOf(ListColumn column) => column switch
    {
        ListColumn.Addresses => AccountTexts.Address,
        ListColumn.Username => AccountTexts.Username,
        ListColumn.Name => AccountTexts.PersonName,
        ListColumn.Quota => AccountTexts.Quota,
        ListColumn.Destinations => AliasTexts.Destinations,
        ListColumn.Redirect => SharedTexts.Redirect,
        ListColumn.KeepsCopy => RedirectTexts.KeepsCopy,
        _ => AccountTexts.Address,
    };

    private static string ValueOf(ListColumn column, string? value) => column switch
    {
        ListColumn.Quota => QuotaText.Readable(
            long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var kib) ? new Quota(kib) : null),
        ListColumn.KeepsCopy => value == "yes" ? ImportTexts.Yes : ImportTexts.No,
        _ => value ?? "",
    };
}
