using MailAdmin.Sandbox;
using Microsoft.Data.Sqlite;

namespace MailAdmin.EndToEnd.Tests.Doctor;

/// <summary>Files beside the sandbox's own, each with one error.</summary>
internal static class FolderCopies
{
    public static async Task<string> WriteAsync(this SandboxFolder folder, string name, string text)
    {
        await File.WriteAllTextAsync(folder.In(name), text);
        return folder.In(name);
    }

    /// <summary>Copies the panel's database and changes the copy with some statements.</summary>
    public static async Task<string> CopyOfDatabaseAsync(this SandboxFolder folder, string statements)
    {
        var copy = folder.In($"copy-{Guid.NewGuid():N}.db");
        foreach (var (file, text) in (IEnumerable<(string, string)>)[(folder.Database, $"VACUUM INTO '{copy}'"), (copy, statements)])
        {
            await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = text;
            await command.ExecuteNonQueryAsync();
        }
        return copy;
    }

    /// <summary>Copies main.cf and master.cf, only for postconf.</summary>
    public static string CopyOfPostfix(this SandboxFolder folder, string name)
    {
        var copy = Directory.CreateDirectory(folder.In(name)).FullName;
        foreach (var file in (string[])["main.cf", "master.cf"])
            File.Copy(Path.Combine(folder.PostfixConfiguration, file), Path.Combine(copy, file), overwrite: true);
        return copy;
    }
}
