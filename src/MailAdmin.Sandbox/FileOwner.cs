using MailAdmin.Sandbox.Processes;

namespace MailAdmin.Sandbox;

internal static class FileOwner
{
    /// <param name="owner">As for chown: <c>user</c> or <c>user:group</c>.</param>
    public static Task SetAsync(string owner, IEnumerable<string> paths, CancellationToken cancellationToken) =>
        Tool.RunAsync("chown", [owner, .. paths], cancellationToken);
}
