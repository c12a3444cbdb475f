using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

namespace MailAdmin.EndToEnd.Tests.Manual;

/// <summary>A figure of the manual: its test does what the text beside it says, and takes the picture.</summary>
/// <param name="name">The picture's file is <c>docs/manual/fr/NAME.png</c>.</param>
/// <param name="line">Figures are told in the order in which they stand in their chapter's file.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FigureAttribute(string name, [CallerLineNumber] int line = 0) : DataAttribute
{
    public string Name => name;

    public int Line => line;

    public override bool SupportsDiscoveryEnumeration() => true;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. ManualFolder.Languages.Select(language => new TheoryDataRow<string>(language))]);
}

/// <summary>A chapter's place in the story.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ChapterAttribute(int number) : Attribute
{
    public int Number => number;
}

/// <summary>What one figure has made, the next ones use, as the manual's reader does: so they have an order.</summary>
public sealed class FigureOrder : ITestMethodOrderer, ITestClassOrderer
{
    public IReadOnlyCollection<T?> OrderTestMethods<T>(IReadOnlyCollection<T?> testMethods) where T : notnull, ITestMethod =>
        [.. testMethods.OrderBy(m => (m as IXunitTestMethod)?.Method.GetCustomAttribute<FigureAttribute>()?.Line)];

    public IReadOnlyCollection<T?> OrderTestClasses<T>(IReadOnlyCollection<T?> testClasses) where T : notnull, ITestClass =>
        [.. testClasses.OrderBy(c => (c as IXunitTestClass)?.Class.GetCustomAttribute<ChapterAttribute>()?.Number)];
}
