using MailAdmin.Sandbox.Processes;

namespace MailAdmin.Sandbox.Panel;

/// <summary>The panel's program, which stands beside ours.</summary>
internal static class PanelProgram
{
    public static DaemonCommand Command(params string[] arguments) =>
        new(DotNet(), ["exec", Path.Combine(AppContext.BaseDirectory, "mailadmin.dll"), .. arguments]);

    // The dotnet that runs us, when it is one: not each machine has it in the path.
    private static string DotNet() =>
        Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";
}
