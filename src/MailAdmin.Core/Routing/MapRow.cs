namespace MailAdmin.Core.Routing;

/// <summary>A row that a map should have, and the owner that it is computed from.</summary>
public sealed record MapRow(PostfixMap Map, string Key, string Value, MapOwner Owner, long OwnerId);
