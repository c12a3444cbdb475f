namespace MailAdmin.Core.Data;

/// <summary>Why the database could not be used.</summary>
public enum DatabaseFailure
{
    /// <summary>Another program has held it for too long.</summary>
    Busy,

    /// <summary>Its disk is full, read-only, failing or missing.</summary>
    Unwritable,
}
