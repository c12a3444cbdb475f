using MailAdmin.Core.Data;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Checks that the database file is intact, and that no foreign key is violated.</summary>
internal sealed class DatabaseCheck(DatabaseHealth database, DoctorOptions options) : Check("Database")
{
    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(options.Database)) return [new("DatabaseMissing", options.Database)];
        var faults = await database.FaultsAsync(cancellationToken);
        return [.. faults.Select(fault => new Finding("DatabaseDamaged", options.Database, null, fault))];
    }
}
