using System.Diagnostics.CodeAnalysis;

namespace MailAdmin.Core.Results;

/// <summary>The answer of a service: done, or the problems to correct. If there is a problem, nothing was written.</summary>
public class Result
{
    protected Result(IReadOnlyList<Problem> problems) => Problems = problems;

    public IReadOnlyList<Problem> Problems { get; }

    public virtual bool Succeeded => Problems.Count == 0;

    public static Result Done { get; } = new([]);

    public static implicit operator Result(Problem problem) => new([problem]);

    public static Result Refused(IReadOnlyList<Problem> problems) => new(problems);
}

/// <inheritdoc cref="Result"/>
/// <typeparam name="T">The type of what was created or found.</typeparam>
public sealed class Result<T> : Result
{
    private Result(T? value, IReadOnlyList<Problem> problems) : base(problems) => Value = value;

    /// <summary>What was created or found; set only if <see cref="Succeeded"/>.</summary>
    public T? Value { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    public override bool Succeeded => base.Succeeded && Value is not null;

    public static implicit operator Result<T>(T value) => new(value, []);

    public static implicit operator Result<T>(Problem problem) => new(default, [problem]);

    public static implicit operator Result<T>(List<Problem> problems) => new(default, problems);
}
