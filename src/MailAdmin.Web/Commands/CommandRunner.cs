using System.CommandLine;
using System.Data.Common;
using MailAdmin.Core.Backups;
using MailAdmin.Core.Data;
using MailAdmin.Provisioning.Processes;
using MailAdmin.Provisioning.Servers;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Web.Commands;

/// <summary>Runs a command with the panel's services, and turns exceptions into an exit code and a sentence.</summary>
internal static class CommandRunner
{
    public static Task<int> RunAsync(PanelCommand command, ParseResult parsed, CancellationToken cancellationToken)
    {
        var output = new CommandOutput(parsed.GetValue(CommandOptions.Json));
        return GuardAsync(output, async () =>
        {
            using var host = CommandServices.Build(parsed.GetValue(CommandOptions.Settings));
            // A dry run must not create a missing database.
            var need = command.Needs == DatabaseNeed.Prepared && parsed.GetValue(CommandOptions.DryRun)
                ? DatabaseNeed.Current : command.Needs;
            if (!await PrepareAsync(need, host.Services, output, cancellationToken)) return ExitCode.Unreachable;
            return await command.RunAsync(new CommandRun(parsed, host.Services, output, cancellationToken));
        }, cancellationToken);
    }

    /// <summary>For a command that can't have the panel's services from the start.</summary>
    public static async Task<int> GuardAsync(CommandOutput output, Func<Task<ExitCode>> work, CancellationToken cancellationToken)
    {
        try
        {
            return (int)await work();
        }
        catch (BackupException e)
        {
            return Failed(output, ExitCode.Findings, Problems.TextOf(e.Problem));
        }
        catch (Exception e) when (e is SettingsException or InvalidDataException or FileNotFoundException or FormatException)
        {
            return Failed(output, ExitCode.Usage, e.Message);
        }
        catch (Exception e) when (
            e is DbException or DbUpdateException or ServerUnavailableException or DatabaseVersionException
            or CommandException or IOException or UnauthorizedAccessException)
        {
            return Failed(output, ExitCode.Unreachable, (e.InnerException as DbException ?? e).Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Failed(output, ExitCode.Fault, CommandTexts.Interrupted);
        }
        catch (Exception e)
        {
            return Failed(output, ExitCode.Fault, e.ToString());
        }
    }

    private static async Task<bool> PrepareAsync(
        DatabaseNeed need, IServiceProvider services, CommandOutput output, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredService<IDatabaseProvider>();
        // No restore and no upgrade replaces the database while the command uses it.
        if ((need == DatabaseNeed.Prepared || (need == DatabaseNeed.Current && database.Exists))
            && !services.GetRequiredService<DatabaseUse>().TryBegin(isCommand: true))
        {
            output.Error(CommandTexts.FormatDatabaseAway(database.Location));
            return false;
        }
        if (need == DatabaseNeed.Prepared) await services.GetRequiredService<DatabasePreparation>().RunAsync(cancellationToken);
        if (need != DatabaseNeed.Current) return true;
        if (!database.Exists) output.Error(CommandTexts.FormatNoDatabase(database.Location));
        else if ((await services.GetRequiredService<DatabasePreparation>().PendingAsync(cancellationToken)).Count > 0) output.Error(
            CommandTexts.FormatOldDatabase(database.Location));
        else return true;
        return false;
    }

    private static int Failed(CommandOutput output, ExitCode code, string words)
    {
        output.Error(words);
        return (int)code;
    }
}
