#!/usr/bin/env bash
# Tries upgrades on a fresh Debian with real systemd, with mail, logins and pages going on: upgrade.sh says what.
# Usage, as root: try-upgrade.sh [--suite SUITE] PACKAGE.deb LATER.deb [ROOT]. make-later.sh makes LATER.deb. The rest is as in try-package.sh.
set -euo pipefail
suite=bookworm
if [ "${1:-}" = --suite ]; then
  suite=${2:?which suite?}
  shift 2
fi
package=$(realpath "${1:?which package?}")
later=$(realpath "${2:?which later package?}")
root=${3:-/var/tmp/mailadmin-root-$suite}
here=$(dirname "$(realpath "$0")")
# shellcheck source=container.sh
. "$here/container.sh"

make_root "$root" "$suite"
trial=$(mktemp -d -p /var/tmp mailadmin-trial.XXXXXX)
trap 'rm -rf "$trial"' EXIT
cp "$package" "$trial/package.deb"
cp "$later" "$trial/later.deb"
cp "$here/upgrade.sh" "$here/steps.sh" "$trial"
repack "$package" 0.0.1 "$trial/earlier.deb"
# Only the panel reads this file, so only the panel does not start.
repack "$package" 1.0.1 "$trial/broken.deb" rm mailadmin.staticwebassets.endpoints.json
repack "$later" 1.2.0 "$trial/broken-later.deb" rm mailadmin.staticwebassets.endpoints.json
# Nothing of it runs.
repack "$package" 1.0.2 "$trial/unusable.deb" rm libhostpolicy.so
run_in_container "$root" "$trial" upgrade.sh
