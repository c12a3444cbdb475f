using System.Text;
using System.Text.Json;
using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Installation;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Web.Hosting;

namespace MailAdmin.Web.Commands.Install;

/// <summary>Compares a system with what the answers ask for.</summary>
internal sealed class InstallPlanner(SystemRoot root, UnixAccounts accounts, TimeProvider clock)
{
    private const string Settings = CommandOptions.DefaultSettings;

    // Cyrus' own group, which Postfix is in too: for the socket of LMTP and for the key.
    private const string MailGroup = "mail";
    private const string PostfixUser = "postfix";

    private readonly InstallSecrets _secrets = new(root, accounts, clock);

    /// <param name="answers">What the hoster said.</param>
    /// <param name="mayReplace">Whether files of somebody else, and existing mail, are no obstacle.</param>
    /// <param name="dane">For a new installation: whether a resolver on this host validates.</param>
    /// <returns>The plan, or everything that stands in its way.</returns>
    public (InstallPlan? Plan, IReadOnlyList<Obstacle> Obstacles) Plan(InstallAnswers answers, bool mayReplace, bool dane)
    {
        try
        {
            var text = SettingsText.Of(answers, Present(Settings), dane);
            var settings = Read(text);
            var layout = Hosting.Doctor.LayoutOf(settings);
            var wanted = ConfigurationFiles.Of(layout);
            var (pair, wrong) = _secrets.Certificate(answers, layout);
            List<Obstacle> obstacles = [.. wrong is null ? [] : new[] { wrong },
                .. Replaced(wanted).Concat(IsNew ? ExistingMail.Obstacles(root) : []).Where(o => !(mayReplace && o.MayBeReplaced))];
            if (obstacles.Count > 0) return (null, obstacles);
            IEnumerable<FileChange> files = [SettingsFile(text), .. _secrets.Files(settings), .. pair, .. wanted.Select(Composed),
                .. Hooks.Files(root, answers)];
            return (PlanOf(settings, files), []);
        }
        catch (Exception e) when (e is JsonException or SettingsException)
        {
            return (null, [new("SettingsUnusable", root.Of(Settings), e.Message)]);
        }
    }

    // Before the first run there is no settings file. Mail that is there then is not the panel's.
    private bool IsNew => !File.Exists(root.Of(Settings));

    private InstallPlan PlanOf(PanelSettings settings, IEnumerable<FileChange> files)
    {
        var maps = new MapOptions
        {
            Folder = root.Of(settings.Maps.Folder),
            ReloadTrigger = settings.Maps.ReloadTrigger is { } trigger ? root.Of(trigger) : null,
            Postmap = settings.Maps.Postmap,
            ConfigDirectory = settings.Maps.ConfigDirectory ?? root.Of(Path.GetDirectoryName(ConfigurationFiles.Main)!),
        };
        var memberships = ((Membership[])[new(PostfixUser, MailGroup), new(PostfixUser, settings.Logins.SocketGroup ?? MailGroup)])
            .Where(m => !accounts.IsMember(m.User, m.Group)).Distinct();
        return new(
            [.. files.Where(f => f.Changes(root))], [.. memberships], maps,
            // With a database, the panel writes the maps, with their rows.
            File.Exists(root.Of(settings.Database)) ? MissingMaps.TriggerOf(maps) : MissingMaps.Of(maps));
    }

    private IEnumerable<Obstacle> Replaced(IEnumerable<ConfigurationFile> wanted)
    {
        foreach (var file in wanted)
        {
            var present = PresentFile.Of(root, file);
            if (present.Author == Author.InstallChanged)
                yield return new("FileChanged", root.Of(file.Path)) { MayBeReplaced = true };
            if (present.Author != Author.Somebody) continue;
            yield return present.Own.Count > 0
                ? new("FileForeignSettings", root.Of(file.Path), string.Join("\n  ", present.Own)) { MayBeReplaced = true }
                : new("FileForeign", root.Of(file.Path)) { MayBeReplaced = true };
        }
    }

    private FileChange Composed(ConfigurationFile file) =>
        FileChange.Of(file.Path, ConfigurationText.Compose(file.Text, Present(file.Path)));

    private FileChange SettingsFile(string text) => new(
        Settings, Encoding.UTF8.GetBytes(text), FileChange.ForGroup, new(0, accounts.User(Prerequisites.PanelUser)?.Group ?? 0),
        // A password in it is not shown.
        IsSecret: text.Contains("\"AdminPassword\"", StringComparison.OrdinalIgnoreCase));

    private string? Present(string path) => File.Exists(root.Of(path)) ? File.ReadAllText(root.Of(path)) : null;

    private static PanelSettings Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return SettingsReader.Read(new ConfigurationBuilder().AddJsonStream(stream).Build(), file: null);
    }
}
