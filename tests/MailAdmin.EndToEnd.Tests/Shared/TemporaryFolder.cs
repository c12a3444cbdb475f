namespace MailAdmin.EndToEnd.Tests.Shared;

public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mailadmin-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
