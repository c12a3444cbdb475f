using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;

namespace MailAdmin.Testing.Hosts;

/// <summary>The recipients to ask about on a random host, and the check that two answers are the same.</summary>
public static class Recipients
{
    /// <summary>
    /// Every address under every name as it is, in another case and with a tag; unknown addresses; those of the store; and external ones.
    /// </summary>
    /// <param name="host">The names of the mail host, if they are not those of <see cref="CoreFixture.Host"/>.</param>
    public static IEnumerable<string> Of(HostModel model, MailHostNames? host = null)
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
            yield return $"Info%exemple.be@{name}";
            yield return $"exemple.be!info@{name}";
            yield return $"postmaster@{name}";
            yield return $"Admin+x@{name}";
        }
        yield return "support@example.org";
        foreach (var name in (host ?? CoreFixture.Host).Names)
        {
            yield return $"Postmaster+x@{name}";
            yield return $"SRS0={KnownReturns.Good}=AA=example.org=support@{name}";
            yield return $"srs1+bad=x.example==BAD=AA=example.org=support@{name}";
            yield return $"personne@{name}";
        }
    }

    /// <summary>Other spellings that servers may use: quoted, with a source route, without a domain.</summary>
    public static IEnumerable<string> Spelled(HostModel model)
    {
        yield return "postmaster";
        yield return "personne";
        foreach (var address in model.Addresses.Take(4))
        {
            yield return $"\"{address.LocalPart}\"@{model.DomainOf(address).Name}";
            yield return $"@relay.example,@x.example:{address.LocalPart}@{model.DomainOf(address).Name}";
        }
    }

    public static void AssertAgree(Resolution resolved, PostfixOutcome postfix)
    {
        Assert.Equal(postfix.Poisons, resolved.Verdict == Verdict.HeldUp);
        if (postfix.Poisons) return;
        // The reply code and the enhanced status code are compared; the text is for people.
        Assert.True(
            postfix.Refusal?[..9] == resolved.Answer?[..9],
            $"{resolved.Recipient}: Postfix says {postfix.Refusal ?? "yes"}, the resolver {resolved.Answer ?? "yes"}");
        Assert.Equal(
            postfix.Destinations.Select(d => d.ToLowerInvariant()).Distinct()
                .Order(), resolved.Destinations.Select(d => d.ToLowerInvariant()).Distinct().Order());
        Assert.NotEmpty(resolved.Steps);
    }
}
