using MailAdmin.EndToEnd.Tests;
using Xunit.v3;

// Tests with whole sandboxes. A class that needs less, or a browser, has a trait of its own; docs/contributing.md tells how to run a lane.
[assembly: Trait("Lane", "servers")]

// As many as processors. With three, servers answer later, and the whole takes no less time.
[assembly: Parallelization(MaxThreads = 2)]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
