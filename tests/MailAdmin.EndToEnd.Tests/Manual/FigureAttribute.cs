using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

namespace MailAdmin.EndToEnd.Tests.Manual;

/// <summary>A figure of the manual. Its test does what the text beside it says, and takes the picture.</summary>
/// <param name="name">The picture's file is <c>docs/manual/fr/NAME.png</c>.</param>
/// <param name="line">The figures run in the order of their lines in the chapter's file.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FigureAttribute(string name, [CallerLineNumber] int line = 0) : DataAttribute
{
    public string Name => name;

    public int Line => line;

    public override bool SupportsDiscoveryEnumeration() => true;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. ManualFolder.Languages.Select(language => new TheoryDataRow<string>(language))]);
}

/// <summary>The chapter's position in the story.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ChapterAttribute(int number) : Attribute
{
    public int Number => number;
}

/// <summary>A figure uses what the figures before it have created, like the manual's reader, so the figures have an order.</summary>
public sealed class FigureOrder : ITestMethodOrderer, ITestClassOrderer
{
    public IReadOnlyCollection<T?> OrderTestMethods<T>(IReadOnlyCollection<T?> testMethods) where T : notnull, ITestMethod =>
        [.. testMethods.OrderBy(m => (m as IXunitTestMethod)?.Method.GetCustomAttribute<FigureAttribute>()?.Line)];

    public IReadOnlyCollection<T?> OrderTestClasses<T>(IReadOnlyCollection<T?> testClasses) where T : notnull, ITestClass =>
        [.. testClasses.OrderBy(c => (c as IXunitTestClass)?.Class.GetCustomAttribute<ChapterAttribute>()?.Number)];
}
