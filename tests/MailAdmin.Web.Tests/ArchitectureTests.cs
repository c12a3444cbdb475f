using System.Reflection;
using System.Text.RegularExpressions;
using MailAdmin.Core.Results;
using MailAdmin.Provisioning.Cyrus;
using NetArchTest.Rules;

namespace MailAdmin.Web.Tests;

/// <summary>Web uses Provisioning, and Provisioning uses Core. No dependency goes the other way.</summary>
[Trait("Lane", "unit")]
public sealed partial class ArchitectureTests
{
    [Fact]
    public void Core_knows_neither_servers_nor_pages() => AssertNone(Types.InAssembly(typeof(Problem).Assembly),
        "MailAdmin.Provisioning", "MailAdmin.Web", "MailKit", "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.Http",
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Routing");

    [Fact]
    public void Provisioning_knows_no_pages() =>
        AssertNone(Types.InAssembly(typeof(CyrusQuotas).Assembly), "MailAdmin.Web", "Microsoft.AspNetCore.Mvc");

    [Fact]
    public void Pages_speak_to_no_server_themselves() => AssertNone(Types.InAssembly(typeof(Program).Assembly), "MailKit");

    // Comments may name the product, SQLite, where a query has its shape because of it.
    [Fact]
    public void Only_the_folder_of_a_database_and_the_choice_among_them_know_which_it_is()
    {
        var knowing = SourceFiles.Below("src").Where(f => SqliteWords().IsMatch(File.ReadAllText(f)))
            .Select(f => Path.GetRelativePath(SourceFiles.Root, f))
            .Where(f => !f.StartsWith("src/MailAdmin.Core/Data/Sqlite/", StringComparison.Ordinal));

        Assert.Equal(["src/MailAdmin.Core/Data/DatabaseProviders.cs"], knowing);
    }

    [GeneratedRegex(@"Sqlite|SQLitePCL|sqlite_|\bPRAGMA\b|\bVACUUM\b|\browid\b|\bfts5\b", RegexOptions.None, 1000)]
    private static partial Regex SqliteWords();

    // A class gets what it needs through its constructor. One of the two exceptions is created by the framework, which passes nothing else
    // to it.
    [Fact]
    public void Nobody_looks_into_the_container_for_what_they_need() => Assert.Equal(
        ["MailAdmin.Core.Secrets.SealedKeyXmlReader", "MailAdmin.Web.Commands.CommandRun"],
        from type in ((Assembly[])[typeof(Problem).Assembly, typeof(CyrusQuotas).Assembly, typeof(Program).Assembly])
            .SelectMany(a => a.GetTypes())
        where type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Any(c => c.GetParameters().Any(p => p.ParameterType == typeof(IServiceProvider)))
        orderby type.FullName
        select type.FullName);

    private static void AssertNone(Types types, params string[] forbidden)
    {
        var result = types.ShouldNot().HaveDependencyOnAny(forbidden).GetResult();
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypes?.Select(t => t.FullName) ?? []));
    }
}
