using MailAdmin.Core.Takeovers;

namespace MailAdmin.Web.Commands.Takeovers;

/// <summary>Texts about what a takeover leaves out or changes.</summary>
internal static class TakeoverText
{
    public static string Of(TakeoverFault fault) => fault switch
    {
        TakeoverFault.DomainRefused => TakeoverTexts.FaultDomainRefused,
        TakeoverFault.Orphan => TakeoverTexts.FaultOrphan,
        TakeoverFault.Duplicate => TakeoverTexts.FaultDuplicate,
        TakeoverFault.ForeignAddress => TakeoverTexts.FaultForeignAddress,
        TakeoverFault.Off => TakeoverTexts.FaultOff,
        TakeoverFault.NoAddress => TakeoverTexts.FaultNoAddress,
        TakeoverFault.UsernameChanges => TakeoverTexts.FaultUsernameChanges,
        TakeoverFault.HashUnknown => TakeoverTexts.FaultHashUnknown,
        TakeoverFault.LimitRaised => TakeoverTexts.FaultLimitRaised,
        TakeoverFault.CatchAllLeftOut => TakeoverTexts.FaultCatchAllLeftOut,
        TakeoverFault.NameInUse => TakeoverTexts.FaultNameInUse,
        TakeoverFault.AdminLeftOut => TakeoverTexts.FaultAdminLeftOut,
        TakeoverFault.Refused => TakeoverTexts.FaultRefused,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
