using MailAdmin.Core.Data;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Checks that the database is intact, and that no foreign key is violated.</summary>
internal sealed class DatabaseCheck(DatabaseHealth health, IDatabaseProvider database) : Check("Database")
{
    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        if (!database.Exists) return [new("DatabaseMissing", database.Location)];
        var faults = await health.FaultsAsync(cancellationToken);
        return [.. faults.Select(fault => new Finding("DatabaseDamaged", database.Location, null, fault))];
    }
}
