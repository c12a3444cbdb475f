namespace MailAdmin.Core.Backups;

/// <summary>A backup can't be made or restored for a reason that a person can correct; the message tells it in a sentence.</summary>
public sealed class BackupException : Exception
{
    public BackupException()
    {
    }

    public BackupException(string message) : base(message)
    {
    }

    public BackupException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
