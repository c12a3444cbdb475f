using System.Text;
using MailAdmin.Core.Dns;
using MailAdmin.Core.Domains;
using MailAdmin.Provisioning.Dns;

namespace MailAdmin.Web.Features.Dns;

/// <summary>Texts about records in the DNS.</summary>
internal static class DnsText
{
    // What most zones use; whoever keeps the zone may choose another time.
    private static readonly TimeSpan UsualTimeToLive = TimeSpan.FromHours(1);

    public static string PurposeOf(DnsPurpose purpose) => purpose switch
    {
        DnsPurpose.Mx => DnsTexts.PurposeMx,
        DnsPurpose.Spf => DnsTexts.PurposeSpf,
        DnsPurpose.Dkim => DnsTexts.PurposeDkim,
        DnsPurpose.Dmarc => DnsTexts.PurposeDmarc,
        DnsPurpose.ClientHost => DnsTexts.PurposeClientHost,
        DnsPurpose.Autoconfig => DnsTexts.PurposeAutoconfig,
        DnsPurpose.Imaps => DnsTexts.PurposeImaps,
        DnsPurpose.Pop3s => DnsTexts.PurposePop3s,
        _ => DnsTexts.PurposeSubmissions,
    };

    public static (string Style, string Word) StateOf(RecordFinding finding) => finding.State switch
    {
        RecordState.Right => ("ok", DnsTexts.StateRight),
        RecordState.Missing => (finding.Wanted.IsRequired ? "bad" : "wait", DnsTexts.StateMissing),
        RecordState.Differs => (finding.Wanted.IsRequired ? "bad" : "wait", DnsTexts.StateDiffers),
        RecordState.AlsoOthers => ("wait", DnsTexts.StateAlsoOthers),
        _ => ("idle", DnsTexts.StateUnknown),
    };

    /// <summary>What the finding means.</summary>
    public static string SentenceOf(RecordFinding finding) => finding.Remark switch
    {
        RecordRemark.Failed => DnsTexts.FormatFailed(finding.Subject),
        RecordRemark.Silent => finding.Found.Count > 0 ? DnsTexts.SpfUnknown : DnsTexts.Silent,
        RecordRemark.NotAsked => DnsTexts.NotAsked,
        RecordRemark.Several => DnsTexts.Several,
        _ => finding.Wanted.Purpose switch
        {
            DnsPurpose.Mx => MxOf(finding),
            DnsPurpose.Spf => SpfOf(finding.Remark),
            DnsPurpose.Dkim => Of(finding.Remark, DnsTexts.DkimRight, DnsTexts.DkimMissing, DnsTexts.DkimOther),
            DnsPurpose.Dmarc => Of(finding.Remark, DnsTexts.DmarcRight, DnsTexts.DmarcMissing, DnsTexts.DmarcMalformed),
            DnsPurpose.ClientHost => Of(finding.Remark, DnsTexts.HostRight, DnsTexts.HostMissing, DnsTexts.HostOther),
            DnsPurpose.Autoconfig => Of(finding.Remark, DnsTexts.HostRight, DnsTexts.AutoconfigMissing, DnsTexts.AutoconfigOther),
            _ when finding.Wanted.Records[0].Data.Length == 0 => DnsTexts.ServiceNotOffered,
            _ => Of(finding.Remark, DnsTexts.ServiceRight, DnsTexts.ServiceMissing, DnsTexts.ServiceOther),
        },
    };

    /// <summary>All findings in one line.</summary>
    public static (string Style, string Sentence) SummaryOf(NameInspection inspection)
    {
        if (inspection.Records.Any(r => r.State is not (RecordState.Right or RecordState.Unknown))) return ("wait", DnsTexts.SomeWrong);
        return inspection.IsUnknown ? ("wait", DnsTexts.SomeUnknown) : ("ok", DnsTexts.AllRight);
    }

    /// <summary>Who was asked, or why nobody answered.</summary>
    public static string AskedOf(NameInspection inspection, bool isOn)
    {
        if (!isOn) return DnsTexts.Off;
        if (inspection.Authorities.Count > 0) return DnsTexts.FormatAskedAuthorities(string.Join(", ", inspection.Authorities));
        return inspection.Server is { } server ? DnsTexts.FormatAskedResolver(server) : DnsTexts.NobodyAnswered;
    }

    /// <summary>What is wrong; if nothing is known to be, all that is unknown.</summary>
    public static IReadOnlyList<RecordFinding> OpenOf(NameInspection inspection)
    {
        var wrong = inspection.Records.Where(r => r.State is not (RecordState.Right or RecordState.Unknown)).ToList();
        return wrong.Count > 0 ? wrong : [.. inspection.Records.Where(r => r.State == RecordState.Unknown)];
    }

    /// <summary>The proposed records as lines of a zone file.</summary>
    public static string ZoneOf(IEnumerable<RecordFinding> findings) =>
        ZoneFragment.Of(findings.SelectMany(f => f.Proposed), UsualTimeToLive);

    /// <summary>A message that asks somebody for the changes.</summary>
    public static string LetterOf(DomainName name, IReadOnlyList<RecordFinding> findings)
    {
        var letter = new StringBuilder(DnsTexts.FormatLetterBegin(name.Display)).AppendLine().AppendLine();
        foreach (var finding in findings)
        {
            if (finding.Found.Count == 0) letter.AppendLine(DnsTexts.LetterAdd);
            else
            {
                letter.AppendLine(DnsTexts.LetterReplace);
                foreach (var record in finding.Found) letter.AppendLine(LineOf(record));
                letter.AppendLine(DnsTexts.LetterBy);
            }
            foreach (var record in finding.Proposed) letter.AppendLine(LineOf(record));
            letter.AppendLine();
        }
        return letter.Append(DnsTexts.LetterEnd).ToString();
    }

    private static string LineOf(DnsRecord record) => $"    {record.Name}   {ZoneFragment.NameOf(record.Type)}   {record.Value}";

    private static string MxOf(RecordFinding finding) => finding.Remark switch
    {
        RecordRemark.Right => DnsTexts.MxRight,
        RecordRemark.RightByAddress => DnsTexts.FormatMxRightByAddress(finding.Subject),
        RecordRemark.FormerServer => DnsTexts.FormatMxFormer(finding.Subject),
        RecordRemark.AlsoOthers => DnsTexts.FormatMxAlsoOthers(finding.Subject),
        RecordRemark.RefusesMail => DnsTexts.MxRefuses,
        RecordRemark.TargetIsAlias => DnsTexts.FormatMxTargetAlias(finding.Subject),
        RecordRemark.TargetUnknown => DnsTexts.FormatMxTargetUnknown(finding.Subject),
        RecordRemark.Missing => DnsTexts.MxMissing,
        _ => DnsTexts.FormatMxOther(finding.Subject),
    };

    private static string SpfOf(RecordRemark remark) => remark switch
    {
        RecordRemark.Right => DnsTexts.SpfRight,
        RecordRemark.Missing => DnsTexts.SpfMissing,
        RecordRemark.TooManyLookups => DnsTexts.SpfTooMany,
        RecordRemark.Malformed => DnsTexts.SpfMalformed,
        _ => DnsTexts.SpfNotAllowed,
    };

    private static string Of(RecordRemark remark, string right, string missing, string other) => remark switch
    {
        RecordRemark.Right => right,
        RecordRemark.Missing => missing,
        _ => other,
    };
}
