using System.ComponentModel.DataAnnotations;
using MailAdmin.Core.Domains;

namespace MailAdmin.Web.Hosting;

/// <summary>The mail store that new domains use: section <c>Store</c> of the settings file.</summary>
public sealed class StoreSettings : IValidatableObject
{
    /// <summary>The domain part of mailboxes' addresses in the maps.</summary>
    [Required]
    public string Name { get; init; } = "";

    /// <summary>Postfix transport to the store's LMTP service.</summary>
    [Required]
    public string NextHop { get; init; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Name.Length > 0 && !DomainName.TryParse(Name, out _))
            yield return new($"is '{Name}'; it has to be a domain name", [nameof(Name)]);
    }
}
