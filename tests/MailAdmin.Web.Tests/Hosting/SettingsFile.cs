using System.Text.Json.Nodes;
using MailAdmin.Web.Hosting;
using Microsoft.Extensions.Configuration;

namespace MailAdmin.Web.Tests.Hosting;

/// <summary>A settings file in a folder of its own. It already has what every process needs to start.</summary>
internal sealed class SettingsFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-settings");
    private readonly JsonObject _root = new() { ["MailAdmin"] = new JsonObject() };

    public SettingsFile()
    {
        this["Database"] = System.IO.Path.Combine(_folder.FullName, "mailadmin.db");
        this["Store:Name"] = "store.internal";
        this["Store:NextHop"] = "lmtp:unix:/nowhere";
    }

    public string Path => System.IO.Path.Combine(_folder.FullName, "settings.json");

    /// <summary>Sets one setting, with colons between the sections; null removes it.</summary>
    public JsonNode? this[string key]
    {
        set
        {
            var names = key.Split(':');
            var section = _root["MailAdmin"]!.AsObject();
            foreach (var name in names[..^1]) section = (section[name] ??= new JsonObject()).AsObject();
            if (value is null) section.Remove(names[^1]);
            else section[names[^1]] = value;
        }
    }

    /// <summary>Adds a section beside <c>MailAdmin</c>.</summary>
    public SettingsFile Beside(string section, JsonNode content)
    {
        _root[section] = content;
        return this;
    }

    public SettingsFile Save()
    {
        File.WriteAllText(Path, _root.ToJsonString());
        return this;
    }

    /// <summary>Reads the settings as every process does.</summary>
    public PanelSettings Read(params (string Key, string Value)[] environment)
    {
        Save();
        var builder = new ConfigurationBuilder().AddJsonFile(Path);
        builder.AddInMemoryCollection(environment.Select(e => KeyValuePair.Create(e.Key, (string?)e.Value)));
        return SettingsReader.Read(builder.Build(), Path);
    }

    /// <summary>The error messages about the file, without its name; empty if it has no errors.</summary>
    public IReadOnlyList<string> Faults()
    {
        try
        {
            Read();
            return [];
        }
        catch (SettingsException wrong)
        {
            return [.. wrong.Message.Split('\n').Select(line => line[(Path.Length + 2)..])];
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
