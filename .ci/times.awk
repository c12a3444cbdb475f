# Reads the reports that xunit writes with --report-xunit-xml and prints how long the tests of each lane took, and the slowest classes, in seconds.
# Tests run beside each other, so the sum is more than the run took. A class of tests that names its lane also has its project's; its own counts.
BEGIN { RS = "<" }

function attribute(name) { return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : "" }

/^test / { time = attribute("time"); class = attribute("type"); lane = "" }
/^trait name="Lane"/ { value = attribute("value"); if (lane == "" || value == "unit" || value == "browser") lane = value }
/^\/test>/ { lanes[lane] += time; tests[lane]++; classes[class] += time }

END {
  for (lane in lanes) printf "%7.0f s  %5d tests  %s\n", lanes[lane], tests[lane], lane
  slowest = "sort -rn | head -n 25"
  for (class in classes) printf "%7.0f s  %s\n", classes[class], class | slowest
  close(slowest)
}
