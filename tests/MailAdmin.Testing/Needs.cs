namespace MailAdmin.Testing;

/// <summary>
/// What a test needs on this machine. A test without it fails, because a skipped test says nothing about the code and is easily overlooked.
/// </summary>
public static class Needs
{
    /// <exception cref="InvalidOperationException">The tests don't run as root.</exception>
    public static void Root()
    {
        if (!Environment.IsPrivilegedProcess)
            throw new InvalidOperationException("This test starts programs as other users, so it has to run as root: sudo dotnet test");
    }

    /// <param name="program">The path of a program that the package installs.</param>
    /// <param name="package">The Debian package.</param>
    /// <exception cref="InvalidOperationException">The program is missing.</exception>
    public static void Program(string program, string package)
    {
        if (!File.Exists(program))
            throw new InvalidOperationException($"This test needs {program}: apt-get install {package}");
    }
}
