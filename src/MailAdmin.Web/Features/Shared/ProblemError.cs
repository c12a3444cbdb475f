using MailAdmin.Core.Results;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace MailAdmin.Web.Features.Shared;

/// <summary>A field's error that knows what it was made of.</summary>
internal sealed class ProblemError(Problem problem, string text) : ModelError(text)
{
    public Problem Problem => problem;
}
