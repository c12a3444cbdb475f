using Microsoft.Data.Sqlite;

namespace MailAdmin.Core.Data;

/// <summary>Why the database could not be used.</summary>
public enum DatabaseFailure
{
    /// <summary>Another program has held it for too long.</summary>
    Busy,

    /// <summary>Its disk is full, read-only, failing or missing.</summary>
    Unwritable,
}

public static class DatabaseFailures
{
    // SQLite's primary result codes: https://sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Full = 13;
    private const int CantOpen = 14;

    /// <summary>The database failure behind an exception, also among its inner exceptions; null if it has another cause.</summary>
    public static DatabaseFailure? Of(Exception? exception) => exception switch
    {
        null => null,
        SqliteException { SqliteErrorCode: Busy or Locked } => DatabaseFailure.Busy,
        SqliteException { SqliteErrorCode: ReadOnly or InputOutput or Full or CantOpen } => DatabaseFailure.Unwritable,
        _ => Of(exception.InnerException),
    };
}
