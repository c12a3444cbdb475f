using System.Globalization;
using MailAdmin.Core.Secrets;

namespace MailAdmin.Provisioning.Installation;

/// <summary>Users and groups of a system, as /etc/passwd and /etc/group have them.</summary>
public sealed class UnixAccounts
{
    private readonly Dictionary<string, FileOwnership> _users;
    private readonly Dictionary<string, (uint Number, string[] Members)> _groups;

    private UnixAccounts(Dictionary<string, FileOwnership> users, Dictionary<string, (uint, string[])> groups) =>
        (_users, _groups) = (users, groups);

    /// <exception cref="IOException">The files can't be read.</exception>
    public static UnixAccounts Read(SystemRoot root) => new(
        Lines(root.Of("/etc/passwd"), 4).ToDictionary(
            f => f[0], f => new FileOwnership(Number(f[2]), Number(f[3])), StringComparer.Ordinal),
        Lines(root.Of("/etc/group"), 4).ToDictionary(
            f => f[0], f => (Number(f[2]), f[3].Split(',', StringSplitOptions.RemoveEmptyEntries)), StringComparer.Ordinal));

    /// <summary>The user's number and that of their own group; null if there is no such user.</summary>
    public FileOwnership? User(string name) => _users.TryGetValue(name, out var user) ? user : null;

    /// <summary>The group's number; null if there is no such group.</summary>
    public uint? Group(string name) => _groups.TryGetValue(name, out var group) ? group.Number : null;

    /// <summary>The group's name; null if there is no such group.</summary>
    public string? GroupName(uint number) => _groups.Where(g => g.Value.Number == number).Select(g => g.Key).FirstOrDefault();

    /// <summary>Whether the user is in the group, by their own group or as a member.</summary>
    public bool IsMember(string user, string group) =>
        _groups.TryGetValue(group, out var found)
            && (found.Members.Contains(user, StringComparer.Ordinal) || User(user)?.Group == found.Number);

    /// <summary>The groups that name the user as a member; their own group does not.</summary>
    public IEnumerable<string> MemberOf(string user) =>
        _groups.Where(g => g.Value.Members.Contains(user, StringComparer.Ordinal)).Select(g => g.Key);

    /// <summary>The numbers of all groups that the user is in.</summary>
    public IReadOnlySet<uint> GroupsOf(string user) =>
        _groups.Where(g => IsMember(user, g.Key)).Select(g => g.Value.Number).Concat(User(user) is { } own ? [own.Group] : [])
            .ToHashSet();

    private static IEnumerable<string[]> Lines(string file, int fields) =>
        File.ReadLines(file).Select(l => l.Split(':')).Where(f => f.Length >= fields).DistinctBy(f => f[0], StringComparer.Ordinal);

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);
}
