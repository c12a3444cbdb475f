using MailAdmin.Web.Features.Domains;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace MailAdmin.Web.Tests.Roles;

/// <summary>Requests every route with every role, for an own domain, a foreign one and an unknown one.</summary>
public sealed class RouteTests : IAsyncLifetime
{
    private RouteWorld _world = null!;
    private IReadOnlyList<PanelRoute> _routes = [];

    public async ValueTask InitializeAsync()
    {
        _world = await RouteWorld.CreateAsync();
        _routes = PanelRoute.Of(_world.Panel.Get<EndpointDataSource>());
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Every_route_is_in_the_table_and_the_table_has_no_other() =>
        Assert.Equal(RouteTable.Routes.Keys.Order(StringComparer.Ordinal), _routes.Select(r => r.Key).Order(StringComparer.Ordinal));

    [Theory] // C092, C094
    [InlineData("superuser")]
    [InlineData("domain admin")]
    [InlineData("support")]
    [InlineData("support of all")]
    [InlineData("nobody")]
    [InlineData("token of superuser")]
    [InlineData("token of domain admin")]
    [InlineData("token of support")]
    [InlineData("token of support of all")]
    public async Task A_route_is_reached_by_those_of_the_table_and_by_nobody_else(string role)
    {
        List<string> wrong = [];
        foreach (var route in _routes)
        {
            foreach (var whose in route.HasDomain ? Enum.GetValues<Whose>() : [Whose.Own])
            {
                var changes = await _world.ChangesAsync();
                var answer = await AskAsync(role, route, whose);
                var expected = MayReach(RoleAt(route, role), RouteTable.Routes[route.Key], whose);
                if (expected ? !answer.IsReached : !answer.IsRefused)
                    wrong.Add($"{role}: {route.Key} of {whose} gave {(int)answer.Status} {answer.Location}");
                if (!expected && await _world.ChangesAsync() != changes) wrong.Add($"{role}: {route.Key} of {whose} changed something");
                if (expected && !route.IsRead) await _world.RestoreAsync();
            }
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Theory]
    [InlineData("domain admin")]
    [InlineData("support")]
    [InlineData("nobody")]
    [InlineData("token of domain admin")]
    public async Task A_foreign_domain_and_an_unknown_one_are_answered_alike(string role)
    {
        foreach (var route in _routes.Where(r => r.HasDomain))
        {
            var foreign = await AskAsync(role, route, Whose.Foreign);
            var unknown = await AskAsync(role, route, Whose.Unknown);

            Assert.True(
                unknown == foreign, $"{role}: {route.Key} tells a foreign domain from an unknown one: {foreign.Status}, {unknown.Status}");
        }
    }

    [Theory]
    [InlineData("superuser")]
    [InlineData("domain admin")]
    [InlineData("support")]
    [InlineData("token of domain admin")]
    public async Task What_belongs_to_another_domain_is_unknown_below_ones_own(string role)
    {
        foreach (var route in _routes.Where(r => r.HasObject))
        {
            var changes = await _world.ChangesAsync();
            var foreign = await AskAsync(role, route, Whose.Own, objects: Whose.Foreign);
            var unknown = await AskAsync(role, route, Whose.Own, objects: Whose.Unknown);

            Assert.True((int)foreign.Status is 302 or 403 or 404, $"{role}: {route.Key} gave {foreign.Status}");
            Assert.True(!route.IsRead || foreign.IsRefused, $"{role}: {route.Key} shows what is foreign");
            Assert.True(
                unknown == foreign, $"{role}: {route.Key} tells what is foreign from what is unknown: {foreign.Status}, {unknown.Status}");
            Assert.Equal(changes, await _world.ChangesAsync());
        }
    }

    [Fact]
    public void Every_route_with_a_domain_has_its_scope_as_a_requirement_and_none_is_open_to_everybody()
    {
        var endpoints = _world.Panel.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var withDomain = endpoints.Where(e => e.RoutePattern.GetParameter("domain") is not null).ToList();

        Assert.True(withDomain.Count > 60);
        Assert.All(withDomain, e => Assert.NotNull(e.Metadata.GetMetadata<DomainScopeRequirement>()));
        Assert.All(withDomain, e => Assert.Null(e.Metadata.GetMetadata<IAllowAnonymous>()));
        Assert.DoesNotContain(
            endpoints, e => e.RoutePattern.GetParameter("username") is not null && e.RoutePattern.GetParameter("domain") is null);
    }

    // A page takes no token, whoever it is of.
    private static string RoleAt(PanelRoute route, string visitor) =>
        !visitor.StartsWith("token of ", StringComparison.Ordinal) ? visitor
            : route.IsForApi ? visitor["token of ".Length..] : "nobody";

    private Task<Answer> AskAsync(string role, PanelRoute route, Whose whose, Whose? objects = null)
    {
        string Value(string name) => _world.ValueOf(route, name == "domain" ? whose : objects ?? whose, name);
        List<string> asked = [];
        var path = route.Fill(name =>
        {
            asked.Add(Value(name));
            return asked[^1];
        });
        // The page repeats the address that the visitor asked for, as a whole and in its parts.
        return _world.Visitors[role].AskAsync(route, path, [path, Uri.EscapeDataString(path), .. whose == Whose.Own ? [] : asked.Take(1)]);
    }

    private static bool MayReach(string role, AccessLevel reach, Whose whose)
    {
        if (whose == Whose.Unknown || reach == AccessLevel.Closed) return false;
        if (reach == AccessLevel.Anybody || role == "superuser") return true;
        if (role == "nobody" || (whose == Whose.Foreign && role != "support of all")) return false;
        return reach is AccessLevel.SignedIn or AccessLevel.SeeMail or AccessLevel.ResetPassword
            || (reach is AccessLevel.EditMail or AccessLevel.SeeAudit && role == "domain admin");
    }
}
