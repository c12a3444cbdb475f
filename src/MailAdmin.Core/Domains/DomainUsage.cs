using MailAdmin.Core.Accounts;

namespace MailAdmin.Core.Domains;

/// <summary>Current usage of a domain's limits, including usage from before a limit was lowered.</summary>
/// <param name="AllocatedKiB">Sum of the accounts' quotas in KiB.</param>
/// <param name="Unlimited">Number of accounts without a quota, which add nothing to that sum.</param>
/// <param name="AboveMaximum">Number of accounts with more than the domain's maximum, or without a quota if there is a maximum.</param>
/// <param name="External">Number of external destinations.</param>
public sealed record DomainUsage(int Accounts, long AllocatedKiB, int Unlimited, int AboveMaximum, int External);
