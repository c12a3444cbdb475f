using MailAdmin.Core.Results;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace MailAdmin.Web.Features.Shared;

/// <summary>A model error that keeps its <c>Problem</c>.</summary>
internal sealed class ProblemError(Problem problem, string text) : ModelError(text)
{
    public Problem Problem => problem;
}
