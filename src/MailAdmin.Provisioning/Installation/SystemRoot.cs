namespace MailAdmin.Provisioning.Installation;

/// <summary>The folder that stands for <c>/</c>: another one than / to prepare the files of a system that does not run.</summary>
public sealed class SystemRoot(string path)
{
    private readonly string _path = System.IO.Path.GetFullPath(path).TrimEnd('/');

    /// <summary>The system that this process runs on.</summary>
    public static SystemRoot Running { get; } = new("/");

    public bool IsRunning => _path.Length == 0;

    public string Path => IsRunning ? "/" : _path;

    /// <summary>Where the absolute path of that system is for this process.</summary>
    public string Of(string path) => _path + path;
}
