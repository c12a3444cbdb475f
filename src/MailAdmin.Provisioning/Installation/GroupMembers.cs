using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Provisioning.Installation;

/// <summary>Adds users to groups, and removes them again, with usermod(8), which knows the locks of both files.</summary>
public static class GroupMembers
{
    private const string Usermod = "/usr/sbin/usermod";

    /// <exception cref="CommandException">usermod refused it.</exception>
    public static Task AddAsync(SystemRoot root, Membership membership, CancellationToken cancellationToken) =>
        RunAsync(root, ["-a", "-G", membership.Group, membership.User], cancellationToken);

    /// <summary>Removes the user from the group; nothing happens if they are not in it.</summary>
    /// <exception cref="CommandException">usermod refused it.</exception>
    public static async Task RemoveAsync(SystemRoot root, Membership membership, CancellationToken cancellationToken)
    {
        var accounts = UnixAccounts.Read(root);
        if (!accounts.IsMember(membership.User, membership.Group)) return;
        var rest = accounts.MemberOf(membership.User).Where(g => g != membership.Group);
        await RunAsync(root, ["-G", string.Join(',', rest), membership.User], cancellationToken);
    }

    private static async Task RunAsync(SystemRoot root, string[] arguments, CancellationToken cancellationToken)
    {
        string[] where = root.IsRunning ? [] : ["--prefix", root.Path];
        (await CommandRunner.RunAsync(new(Usermod, [.. where, .. arguments]), cancellationToken)).Succeeded();
    }
}
