using MailAdmin.EndToEnd.Tests;
using Xunit.v3;

// Tests with whole sandboxes. A class that needs less, or a browser, has a trait of its own; docs/contributing.md tells how to run a lane.
[assembly: Trait("Lane", "servers")]

// One more than processors: a test waits for servers a quarter of its time. With many more, servers would answer too late.
[assembly: Parallelization(MaxThreads = 3)]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
