using MailAdmin.Core.Accounts;

namespace MailAdmin.Core.Domains;

/// <summary>What of a domain's limits is in use, and what was there before a limit was lowered.</summary>
/// <param name="AllocatedKiB">Sum of the accounts' quotas in KiB.</param>
/// <param name="Unlimited">Accounts without a quota, which count nothing in that sum.</param>
/// <param name="AboveMaximum">Accounts with more than the domain's maximum, or without a limit where there is one.</param>
/// <param name="External">Destinations outside.</param>
public sealed record DomainUsage(int Accounts, long AllocatedKiB, int Unlimited, int AboveMaximum, int External);
