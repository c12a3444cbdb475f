using System.CommandLine;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;

namespace MailAdmin.Web.Commands.Accounts;

/// <param name="Quota">Null means no limit.</param>
internal sealed record TypedQuota(Quota? Quota);

/// <summary><c>mailadmin account quota ACCOUNT AMOUNT</c>.</summary>
internal sealed class AccountQuotaCommand : AccountChangeCommand
{
    /// <summary>Stands for no limit.</summary>
    public const string None = "none";

    private readonly Argument<string> _amount = new("AMOUNT") { Description = AccountCommandTexts.QuotaAmount };

    public AccountQuotaCommand() : base("quota", AccountCommandTexts.QuotaSet) => Arguments.Add(_amount);

    /// <summary>An amount as people type it, or <c>none</c>.</summary>
    public static Result<TypedQuota> Parse(string text)
    {
        if (text == None) return new TypedQuota(null);
        return Quota.TryParse(text, out var quota, out var fault) ? new TypedQuota(quota) : fault;
    }

    protected override Task<Result<PlannedChange<Account>>> PlanAsync(CommandRun run, AccountRow account)
    {
        var quota = Parse(run.Arguments.GetRequiredValue(_amount));
        Result<PlannedChange<Account>> plan = quota.Succeeded
            ? run.Get<AccountService>().PlanQuota(account.Id, account.Version, quota.Value.Quota, run.Actor) : quota.Problems.ToList();
        return Task.FromResult(plan);
    }
}
