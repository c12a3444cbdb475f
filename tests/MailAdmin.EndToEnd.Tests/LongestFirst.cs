using MailAdmin.EndToEnd.Tests.Backups;
using MailAdmin.EndToEnd.Tests.Drift;
using MailAdmin.EndToEnd.Tests.Manual;
using MailAdmin.EndToEnd.Tests.Pages;
using MailAdmin.EndToEnd.Tests.Story;
using Xunit.Sdk;
using Xunit.v3;

namespace MailAdmin.EndToEnd.Tests;

/// <summary>
/// Starts the collections that take minutes before the others, so that none of them runs alone at the end. <c>.ci/run</c> prints which they
/// are.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        nameof(PagesTests), nameof(Readers), nameof(TranslatedPagesTests), nameof(MainPathTests), nameof(RestoreDrillTests),
        DriftCollection.Name,
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Place)];

    private static int Place<TTestCollection>(TTestCollection collection) where TTestCollection : ITestCollection
    {
        // A class without a collection of its own gives its full name to the collection's.
        var place = Array.FindIndex(
            Longest, name => collection.TestCollectionDisplayName.Split('.', ' ').Contains(name, StringComparer.Ordinal));
        return place < 0 ? Longest.Length : place;
    }
}
