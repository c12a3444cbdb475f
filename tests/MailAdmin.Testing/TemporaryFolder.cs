namespace MailAdmin.Testing;

/// <summary>A folder that the servers' users can enter, removed at the end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private const UnixFileMode Entered = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public TemporaryFolder() => File.SetUnixFileMode(Path, Entered);

    public string Path { get; } = Directory.CreateTempSubdirectory("mailadmin-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
