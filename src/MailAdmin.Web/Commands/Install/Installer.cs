using MailAdmin.Core.Secrets;
using MailAdmin.Provisioning.Installation;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Web.Commands.Install;

/// <summary>Carries out a plan, step by step. If a step fails, everything is put back as it was, and the servers run on.</summary>
internal sealed class Installer(SystemRoot root, ServerServices services, TimeProvider clock, Action<string> tell)
{
    /// <param name="plan">What to do.</param>
    /// <param name="restarts">Whether the services are restarted.</param>
    /// <param name="cancellationToken">Stops, and puts everything back.</param>
    /// <exception cref="CommandException">A step failed; its program's own words say why.</exception>
    /// <exception cref="IOException">A file can't be written, because the disk is full for example.</exception>
    public async Task ApplyAsync(InstallPlan plan, bool restarts, CancellationToken cancellationToken)
    {
        var journal = InstallJournal.Begin(
            root, plan.Files.Select(f => f.Path).Concat(plan.NewMaps.SelectMany(PathsOf)), plan.Memberships, clock.GetUtcNow());
        tell(InstallTexts.FormatKept(journal.Path));
        var isRestarting = false;
        try
        {
            foreach (var membership in plan.Memberships) await GroupMembers.AddAsync(root, membership, cancellationToken);
            foreach (var file in plan.Files) Write(file);
            await MissingMaps.CreateAsync(plan.Maps, plan.NewMaps, cancellationToken);
            await LintAsync(cancellationToken);
            isRestarting = restarts;
            if (restarts) await services.RestartAsync(cancellationToken);
            journal.Complete();
        }
        catch
        {
            tell(InstallTexts.PuttingBack);
            await RollBackAsync(journal, isRestarting);
            throw;
        }
    }

    /// <summary>Takes a run back: files, memberships and, if they had been restarted, the services.</summary>
    /// <exception cref="IOException">A file could not be put back; it can be tried again.</exception>
    public async Task RollBackAsync(InstallJournal journal, bool restarts)
    {
        // Not to be interrupted: half a way back is worse than either state.
        foreach (var membership in journal.Memberships) await GroupMembers.RemoveAsync(root, membership, CancellationToken.None);
        journal.RollBack();
        if (restarts) await services.RestoreAsync(File.Exists(root.Of(CommandOptions.DefaultSettings)), CancellationToken.None);
    }

    private void Write(FileChange file)
    {
        var path = root.Of(file.Path);
        if (file.Content is null) File.Delete(path);
        else if (File.Exists(path) && !file.IsSecret)
            FileWriter.Write(path, file.Content, File.GetUnixFileMode(path), FileOwnership.Of(path));
        else FileWriter.Write(path, file.Content, file.NewMode, file.NewOwner);
    }

    // What Cyrus does not know it ignores; what Postfix complains about keeps it from starting.
    private async Task LintAsync(CancellationToken cancellationToken)
    {
        if (await ConfigurationLint.PostfixAsync(root, cancellationToken) is { Count: > 0 } complaints)
            throw new CommandException(string.Join('\n', complaints));
        foreach (var unknown in await ConfigurationLint.CyrusAsync(root, cancellationToken))
            tell(InstallTexts.FormatCyrusComplains(unknown));
    }

    // The paths of the system: those of a map are where this process reads them.
    private IEnumerable<string> PathsOf(MissingMap map) =>
        ((string[])[map.File, map.Text]).Select(p => root.IsRunning ? p : p[root.Path.Length..]);
}
