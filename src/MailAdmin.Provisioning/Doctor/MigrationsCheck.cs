using MailAdmin.Core.Data;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Checks that the tables are those of this version.</summary>
internal sealed class MigrationsCheck(DatabasePreparation preparation, IDatabaseProvider database) : Check("Migrations")
{
    public override bool ReadsDatabase => true;

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var pending = await preparation.PendingAsync(cancellationToken);
        return pending.Count == 0 ? [] : [new("MigrationsPending", database.Location, null, string.Join(", ", pending))];
    }
}
