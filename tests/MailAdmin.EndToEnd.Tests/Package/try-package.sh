#!/usr/bin/env bash
# Installs a package on a fresh Debian with real systemd, in a container without a network, and tries it: trial.sh says what.
# Usage, as root: try-package.sh [--suite SUITE] PACKAGE.deb [ROOT]. SUITE is bookworm (Debian 12) or trixie (13). The first run makes the root
# with debootstrap, some 400 MB; later runs take minutes.
# Needs debootstrap and systemd-container. Nothing of the container remains, and the root stays as it was.
set -euo pipefail
suite=bookworm
if [ "${1:-}" = --suite ]; then
  suite=${2:?which suite?}
  shift 2
fi
package=$(realpath "${1:?which package?}")
root=${2:-/var/tmp/mailadmin-root-$suite}
here=$(dirname "$(realpath "$0")")
# shellcheck source=container.sh
. "$here/container.sh"

make_root "$root" "$suite"
trial=$(mktemp -d -p /var/tmp mailadmin-trial.XXXXXX)
trap 'rm -rf "$trial"' EXIT
cp "$package" "$trial/package.deb"
cp "$here/trial.sh" "$here/steps.sh" "$trial"
repack "$package" 0.0.1 "$trial/earlier.deb"
run_in_container "$root" "$trial" trial.sh
