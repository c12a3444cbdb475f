using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Tests.Data;

namespace MailAdmin.Core.Tests.Hosts;

/// <summary>Whom to ask about on a random host, and whether two answers are the same.</summary>
public static class Recipients
{
    /// <summary>Every address on every name as it is, in another case and with a tag; nobody's; the store's; somewhere else.</summary>
    /// <param name="host">Other names of the mail host than <see cref="CoreFixture.Host"/>.</param>
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

    /// <summary>As servers may spell them beside that: quoted, with a route, without a domain.</summary>
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
        // The code and the enhanced one; the words are for people.
        Assert.True(
            postfix.Refusal?[..9] == resolved.Answer?[..9],
            $"{resolved.Recipient}: Postfix says {postfix.Refusal ?? "yes"}, the resolver {resolved.Answer ?? "yes"}");
        Assert.Equal(
            postfix.Destinations.Select(d => d.ToLowerInvariant()).Distinct()
                .Order(), resolved.Destinations.Select(d => d.ToLowerInvariant()).Distinct().Order());
        Assert.NotEmpty(resolved.Steps);
    }
}
