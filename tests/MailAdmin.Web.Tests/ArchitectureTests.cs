using MailAdmin.Core.Results;
using MailAdmin.Provisioning.Cyrus;
using NetArchTest.Rules;

namespace MailAdmin.Web.Tests;

/// <summary>Web uses Provisioning uses Core, and never the other way.</summary>
[Trait("Lane", "unit")]
public sealed class ArchitectureTests
{
    [Fact]
    public void Core_knows_neither_servers_nor_pages() => AssertNone(Types.InAssembly(typeof(Problem).Assembly),
        "MailAdmin.Provisioning", "MailAdmin.Web", "MailKit", "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Routing");

    [Fact]
    public void Provisioning_knows_no_pages() => AssertNone(Types.InAssembly(typeof(CyrusQuotas).Assembly), "MailAdmin.Web", "Microsoft.AspNetCore.Mvc");

    [Fact]
    public void Pages_speak_to_no_server_themselves() => AssertNone(Types.InAssembly(typeof(Program).Assembly), "MailKit", "Microsoft.Data.Sqlite");

    private static void AssertNone(Types types, params string[] forbidden)
    {
        var result = types.ShouldNot().HaveDependencyOnAny(forbidden).GetResult();
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypes?.Select(t => t.FullName) ?? []));
    }
}
