// Tests with whole sandboxes. A class that needs less, or a browser, has a trait of its own; docs/contributing.md tells how to run a lane.
[assembly: Trait("Lane", "servers")]
