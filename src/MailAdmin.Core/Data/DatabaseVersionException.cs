namespace MailAdmin.Core.Data;

/// <summary>The database was created by a version of the panel that this one can neither upgrade nor read.</summary>
public sealed class DatabaseVersionException : Exception
{
    public DatabaseVersionException()
    {
    }

    public DatabaseVersionException(string message) : base(message)
    {
    }

    public DatabaseVersionException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
