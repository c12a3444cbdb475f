using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Accounts;

/// <summary>The name of the person who uses an account, for people to read; nothing on the servers follows from it.</summary>
public static class PersonName
{
    /// <summary>Maximum length in characters.</summary>
    public const int MaxLength = 200;

    /// <summary>Joins lines and spaces; null if nothing is left.</summary>
    public static string? Clean(string? text)
    {
        var words = (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var name = string.Concat(string.Join(' ', words).Where(c => !char.IsControl(c)));
        return name.Length == 0 ? null : name;
    }

    /// <summary>Null if the name is short enough.</summary>
    public static Problem? Check(string? name) => name?.Length > MaxLength ? PersonNameProblems.TooLong(MaxLength) : null;
}

/// <summary>Reasons why a person's name is refused.</summary>
public static class PersonNameProblems
{
    public static Problem TooLong(int max) => new("PersonNameTooLong", "PersonName", max);
}

/// <summary>Changes the person's name of an account.</summary>
public sealed class PersonNameService(MailDatabase database)
{
    /// <summary>Problems carry the field PersonName; an empty name removes it.</summary>
    public Task<Result<Account>> ChangeAsync(
        long id, long version, string? name, Actor actor, CancellationToken cancellationToken = default) =>
        database.ChangeAccountAsync(
            id, version, actor, (write, account) => Task.FromResult(Set(write, account, PersonName.Clean(name))),
            cancellationToken: cancellationToken);

    internal static Problem? Set(MailWrite write, Account account, string? name)
    {
        if (PersonName.Check(name) is { } problem) return problem;
        if (account.PersonName == name) return null;
        write.Record(
            "account.person-name-changed", account.Domain!, account.Username.Value, new { account.PersonName }, new { PersonName = name });
        account.PersonName = name;
        return null;
    }
}
