// Private daemons of Cyrus and tools of Postfix. Classes that need less, or a browser, say so themselves; docs/contributing.md tells how to
// run a lane.
[assembly: Trait("Lane", "servers")]
