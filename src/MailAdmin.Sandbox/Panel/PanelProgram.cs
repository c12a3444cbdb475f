using MailAdmin.Sandbox.Processes;

namespace MailAdmin.Sandbox.Panel;

/// <summary>The panel's program, which is in the same folder as this program.</summary>
internal static class PanelProgram
{
    public static DaemonCommand Command(params string[] arguments) =>
        new(DotNet(), ["exec", Path.Combine(AppContext.BaseDirectory, "mailadmin.dll"), .. arguments]);

    // Uses the dotnet that runs this process, if it is one, because dotnet is not in the path on every machine.
    private static string DotNet() =>
        Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";
}
