using System.Diagnostics;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Domains;

/// <summary>
/// How long the two names of a large domain take to change places: other writers wait for it. Run by hand, in Release:
/// <c>dotnet run -c Release --project tests/MailAdmin.Core.Tests -- --filter-class "*DomainPromotionSpeed" --explicit on
/// --show-live-output on</c>
/// </summary>
public sealed class DomainPromotionSpeed(ITestOutputHelper output)
{
    private static readonly DomainName Name = DomainName.Parse("nouveau.example");

    [Theory(Explicit = true)]
    [InlineData(1_000)]
    [InlineData(10_000)]
    [InlineData(50_000)]
    public async Task The_main_name_changes(int addresses)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(max: null);
        var names = core.Get<DomainAliasService>();
        Value(await names.AddAsync(domain.Id, [Name], Actor.Panel));
        await LargeDomain.FillAsync(core, domain, addresses);

        var start = Stopwatch.GetTimestamp();
        Value(await names.PlanPromotion(domain.Id, Name, Actor.Panel).MakeAsync());

        output.WriteLine($"{addresses} addresses: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s");
    }
}
