#!/usr/bin/env bash
# Installs a package on a fresh Debian with real systemd, in a container without a network, and tries it: trial.sh says what.
# Usage, as root: try-package.sh [--suite SUITE] PACKAGE.deb [ROOT]. SUITE is bookworm (Debian 12) or trixie (13). The first run makes the root
# with debootstrap, some 400 MB; later runs take about a minute.
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

# The libraries of .NET have other names in each release.
case $suite in
  bookworm) libraries=(libicu72 libssl3) ;;
  *) libraries=(libicu76 libssl3t64) ;;
esac

make_root() {
  local unfinished=$root.unfinished
  rm -rf "$unfinished"
  debootstrap --variant=minbase --include=ca-certificates,debconf,init-system-helpers,systemd,systemd-sysv,procps \
    "$suite" "$unfinished" http://deb.debian.org/debian
  # Nothing may start while this is no more than a folder of this machine.
  printf '#!/bin/sh\nexit 101\n' >"$unfinished/usr/sbin/policy-rc.d"
  chmod 755 "$unfinished/usr/sbin/policy-rc.d"
  chroot "$unfinished" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postfix postfix-lmdb cyrus-imapd cyrus-pop3d \
    postsrsd "${libraries[@]}" libsasl2-modules tzdata curl nginx-light openssl iproute2 man-db
  rm "$unfinished/usr/sbin/policy-rc.d"
  mv "$unfinished" "$root"
}

# The same program under an earlier version, to upgrade from and to go back to.
make_earlier() {
  dpkg-deb -R "$package" "$work/earlier"
  sed -i 's/^Version: .*/Version: 0.0.1/' "$work/earlier/DEBIAN/control"
  echo 0.0.1 >"$work/earlier/usr/lib/mailadmin/package/VERSION"
  dpkg-deb --root-owner-group -Zgzip -z1 -b "$work/earlier" "$work/trial/earlier.deb" >/dev/null
}

[ -d "$root" ] || make_root
work=$(mktemp -d -p /var/tmp mailadmin-trial.XXXXXX)
trap 'rm -rf "$work"' EXIT
mkdir "$work/trial"
cp "$package" "$work/trial/package.deb"
cp "$here/trial.sh" "$work/trial"
make_earlier
# Started at boot, as the machine's only task; its end turns the machine off.
cat >"$work/trial.service" <<'END'
[Unit]
After=multi-user.target
SuccessAction=poweroff-force
FailureAction=poweroff-force
[Service]
Type=oneshot
Environment=HOME=/root LC_ALL=C.UTF-8
ExecStart=/bin/bash /trial/trial.sh
StandardOutput=append:/trial/log
StandardError=append:/trial/log
TimeoutStartSec=10min
END
# A mount namespace of its own, because this machine itself may have been started without systemd.
# shellcheck disable=SC2016
unshare --mount bash -euc '
  mkdir -p /run/systemd
  mount -t tmpfs tmpfs /run/systemd
  exec systemd-nspawn --quiet --register=no --keep-unit --private-network --volatile=overlay --directory="$1" --boot \
    --bind="$2/trial:/trial" --bind-ro="$2/trial.service:/etc/systemd/system/trial.service" \
    systemd.wants=trial.service systemd.show_status=no' - "$root" "$work" </dev/null >"$work/console" 2>&1 || true
cat "$work/trial/log" 2>/dev/null || cat "$work/console"
[ -e "$work/trial/passed" ]
