using System.Reflection;
using MailAdmin.Web.Api;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Routing;

namespace MailAdmin.Web.Tests.Api;

/// <summary>What the API takes and returns are contracts: no column of Core can appear or vanish there by itself.</summary>
[Trait("Lane", "unit")]
public sealed class ContractTests
{
    private static readonly List<MethodInfo> Actions =
    [
        .. typeof(ApiController).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ApiController)))
            .SelectMany(t => t.GetMethods()).Where(m => m.GetCustomAttributes<HttpMethodAttribute>().Any()),
    ];

    private static readonly List<Type> Contracts =
        [.. typeof(ApiController).Assembly.GetTypes().Where(t => t.Name.EndsWith("Contract", StringComparison.Ordinal))];

    [Fact]
    public void Every_resource_returns_a_contract()
    {
        Assert.NotEmpty(Actions);
        var answers = Contracts.Select(c => typeof(Task<>).MakeGenericType(typeof(ActionResult<>).MakeGenericType(c))).ToList();
        Assert.All(Actions, a => Assert.Contains(a.ReturnType, answers));
        Assert.All(
            Actions.SelectMany(a => a.GetParameters()).Where(p => p.GetCustomAttribute<FromBodyAttribute>() is not null),
            p => Assert.Contains(p.ParameterType, Contracts));
    }

    [Fact]
    public void A_contract_consists_of_plain_values_and_contracts()
    {
        var own = Contracts.SelectMany(c => c.GetProperties()).SelectMany(p => PartsOf(p.PropertyType))
            .Where(t => t.Namespace?.StartsWith("System", StringComparison.Ordinal) != true);

        Assert.Empty(own.Except(Contracts));
    }

    private static IEnumerable<Type> PartsOf(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(PartsOf) : type.IsArray ? PartsOf(type.GetElementType()!) : [type];
}
