using MailAdmin.Core.Routing;

namespace MailAdmin.Core.Tests.Hosts;

/// <summary>Whom to ask about on a random host, and whether two answers are the same.</summary>
public static class Recipients
{
    /// <summary>Every address on every name as it is, in another case and with a tag; nobody's; the store's; somewhere else.</summary>
    public static IEnumerable<string> Of(HostModel model)
    {
        foreach (var address in model.Addresses)
        {
            foreach (var name in HostModel.NamesOf(model.DomainOf(address)))
            {
                yield return $"{address.LocalPart}@{name}";
                yield return $"{address.LocalPart.Value.ToUpperInvariant()}+Tag@{name}";
            }
        }
        foreach (var name in model.Domains.SelectMany(HostModel.NamesOf))
        {
            yield return $"personne@{name}";
            yield return $"personne+x@{name}";
            yield return $"+x@{name}";
            yield return $"%@{name}";
            yield return $"postmaster@{name}";
            yield return $"Admin+x@{name}";
        }
        yield return "support@example.org";
    }

    public static void AssertAgree(Resolution resolved, PostfixOutcome postfix)
    {
        Assert.Equal(postfix.Poisons, resolved.Verdict == Verdict.HeldUp);
        if (postfix.Poisons) return;
        // The code and the enhanced one; the words are for people.
        Assert.True(postfix.Refusal?[..9] == resolved.Answer?[..9], $"{resolved.Recipient}: Postfix says {postfix.Refusal ?? "yes"}, the resolver {resolved.Answer ?? "yes"}");
        Assert.Equal(
            postfix.Destinations.Select(d => d.ToLowerInvariant()).Distinct().Order(), resolved.Destinations.Select(d => d.ToLowerInvariant()).Distinct().Order());
        Assert.NotEmpty(resolved.Steps);
    }
}
