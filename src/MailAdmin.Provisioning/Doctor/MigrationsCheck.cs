using MailAdmin.Core.Data;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>The tables are this version's.</summary>
internal sealed class MigrationsCheck(DatabasePreparation preparation, DoctorOptions options) : Check("Migrations")
{
    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var pending = await preparation.PendingAsync(cancellationToken);
        return pending.Count == 0 ? [] : [new("MigrationsPending", options.Database, null, string.Join(", ", pending))];
    }
}
