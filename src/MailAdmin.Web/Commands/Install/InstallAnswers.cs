using System.Text.Json.Nodes;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Provisioning.Installation;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Commands.Install;

/// <summary>What only the hoster knows.</summary>
/// <param name="Hostname">The mail host's name.</param>
/// <param name="Superuser">Who reads mail to postmaster@, abuse@ and root@ of the host.</param>
/// <param name="PanelUrl">The address of the panel in a browser.</param>
internal sealed record InstallAnswers(DomainName Hostname, AddrSpec Superuser, Uri PanelUrl)
{
    /// <summary>The files of a real certificate, if there is one: PEM, with its chain.</summary>
    public (string Certificate, string Key)? Certificate { get; init; }

    /// <summary>Checks what was typed.</summary>
    /// <returns>The answers, or everything that is wrong with them.</returns>
    public static (InstallAnswers? Answers, IReadOnlyList<Obstacle> Obstacles) Parse(TypedAnswers typed)
    {
        List<Obstacle> obstacles = [];
        if (!DomainName.TryParse(typed.Hostname, out var name, out var nameProblem))
            obstacles.Add(new("HostnameWrong", Problems.TextOf(nameProblem)));
        if (!AddrSpec.TryParse(typed.SuperuserEmail, out var superuser, out var addressProblem))
            obstacles.Add(new("SuperuserWrong", Problems.TextOf(addressProblem)));
        else if (name is not null && superuser.Domain == name) obstacles.Add(new("SuperuserOnHost", superuser.Display, name.Display));
        var url = UrlOf(typed.PanelUrl);
        if (url is null) obstacles.Add(new("PanelUrlWrong", typed.PanelUrl ?? ""));
        if (obstacles.Count > 0) return (null, obstacles);
        return (new(name!, superuser!, url!) { Certificate = typed.Certificate is { } c && typed.Key is { } k ? (c, k) : null }, []);
    }

    private static Uri? UrlOf(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            && url.AbsolutePath == "/" ? url : null;
}

/// <summary>The answers as they were typed, or as the settings file has them from the last time.</summary>
internal sealed record TypedAnswers(string? Hostname, string? SuperuserEmail, string? PanelUrl)
{
    public string? Certificate { get; init; }

    public string? Key { get; init; }

    /// <summary>The options that an answer is missing from.</summary>
    public IEnumerable<string> Missing
    {
        get
        {
            if (string.IsNullOrWhiteSpace(Hostname)) yield return "--hostname";
            if (string.IsNullOrWhiteSpace(SuperuserEmail)) yield return "--superuser-email";
            if (string.IsNullOrWhiteSpace(PanelUrl) && !string.IsNullOrWhiteSpace(Hostname)) yield return "--panel-url";
        }
    }

    /// <summary>Fills what is missing with what the settings file has; the panel's address follows from the host's name.</summary>
    public TypedAnswers Or(JsonNode? settings)
    {
        var (panel, maps) = (settings?["MailAdmin"], settings?["MailAdmin"]?["Maps"]);
        var host = Hostname ?? (string?)maps?["Hostname"];
        return this with
        {
            Hostname = host,
            SuperuserEmail = SuperuserEmail ?? (string?)maps?["Postmaster"],
            PanelUrl = PanelUrl ?? (string?)panel?["PublicUrl"] ?? (host is null ? null : $"https://{host}"),
        };
    }
}
