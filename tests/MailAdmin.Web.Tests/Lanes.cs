// Pages and commands on a panel in this process. Classes that need less, or a browser, say so themselves; docs/contributing.md tells how to
// run a lane.
[assembly: Trait("Lane", "pages")]
