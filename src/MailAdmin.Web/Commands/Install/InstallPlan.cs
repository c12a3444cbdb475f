using MailAdmin.Provisioning.Installation;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Web.Commands.Install;

/// <summary>What has to be done on a system so that it is installed as the answers say. Making it changes nothing.</summary>
/// <param name="Files">The files that differ, in the order in which they are written.</param>
/// <param name="Memberships">Users who have to be added to groups.</param>
/// <param name="Maps">The maps of the installation.</param>
/// <param name="NewMaps">The maps that are created, without rows.</param>
internal sealed record InstallPlan(
    IReadOnlyList<FileChange> Files, IReadOnlyList<Membership> Memberships, MapOptions Maps, IReadOnlyList<MissingMap> NewMaps)
{
    public bool IsEmpty => Files.Count == 0 && Memberships.Count == 0 && NewMaps.Count == 0;
}
