# shellcheck shell=bash
# For try-package.sh and try-upgrade.sh: a fresh Debian with real systemd, in a container without a network.

# Makes the root of the system unless it is there, with everything but the package.
# $1: the folder. $2: the suite, bookworm (Debian 12) or trixie (13).
make_root() {
  local root=$1 suite=$2 unfinished=$1.unfinished libraries
  [ ! -d "$root" ] || return 0
  # The libraries of .NET have other names in each release.
  case $suite in
    bookworm) libraries=(libicu72 libssl3) ;;
    *) libraries=(libicu76 libssl3t64) ;;
  esac
  rm -rf "$unfinished"
  debootstrap --variant=minbase --include=ca-certificates,debconf,init-system-helpers,systemd,systemd-sysv,procps \
    "$suite" "$unfinished" http://deb.debian.org/debian
  # Nothing may start while this is no more than a folder of this machine.
  printf '#!/bin/sh\nexit 101\n' >"$unfinished/usr/sbin/policy-rc.d"
  chmod 755 "$unfinished/usr/sbin/policy-rc.d"
  chroot "$unfinished" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postfix postfix-lmdb cyrus-imapd cyrus-pop3d \
    postsrsd "${libraries[@]}" libsasl2-modules tzdata curl nginx-light openssl iproute2 man-db rsync
  rm "$unfinished/usr/sbin/policy-rc.d"
  mv "$unfinished" "$root"
}

# The same program under another version. $1: the package. $2: the version. $3: the new package. Then a command that changes the program, in its folder.
repack() {
  local package=$1 version=$2 made=$3 tree
  shift 3
  tree=$(mktemp -d -p /var/tmp mailadmin-repack.XXXXXX)
  dpkg-deb -R "$package" "$tree/it"
  sed -i "s/^Version: .*/Version: $version/" "$tree/it/DEBIAN/control"
  echo "$version" >"$tree/it/usr/lib/mailadmin/package/VERSION"
  [ $# -eq 0 ] || (cd "$tree/it/usr/lib/mailadmin/package" && "$@")
  dpkg-deb --root-owner-group -Zgzip -z1 -b "$tree/it" "$made" >/dev/null
  rm -rf "$tree"
}

# $1: the root. $2: where the container's own files are. $3: the folder /trial.
boot() {
  # A mount namespace of its own, because this machine itself may have been started without systemd.
  # shellcheck disable=SC2016
  unshare --mount bash -euc '
    mkdir -p /run/systemd
    mount -t tmpfs tmpfs /run/systemd
    mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$2/root"
    exec systemd-nspawn --quiet --register=no --keep-unit --private-network --directory="$2/root" --boot \
      --bind="$3:/trial" --bind-ro="$2/trial.service:/etc/systemd/system/trial.service" \
      systemd.wants=trial.service systemd.show_status=no' - "$1" "$2" "$3" </dev/null >>"$2/console" 2>&1
}

# Boots the system, runs a script in it as root, and prints what that prints. What is written is lost at the end, but not at a reboot.
# $1: the root. $2: a folder, /trial in the container; the script there is run at each boot, and creates /trial/passed.
# $3: the script's name.
run_in_container() {
  local root=$1 trial=$2 script=$3 code=133 work
  work=$(mktemp -d -p /var/tmp mailadmin-container.XXXXXX)
  mkdir "$work/upper" "$work/work" "$work/root"
  cat >"$work/trial.service" <<END
[Unit]
After=multi-user.target
FailureAction=poweroff-force
[Service]
Type=oneshot
Environment=HOME=/root LC_ALL=C.UTF-8
ExecStart=/bin/bash /trial/$script
StandardOutput=append:/trial/log
StandardError=append:/trial/log
TimeoutStartSec=20min
SuccessExitStatus=SIGTERM
END
  # 133: the system reboots.
  while [ "$code" -eq 133 ]; do
    code=0
    boot "$root" "$work" "$trial" || code=$?
  done
  cat "$trial/log" 2>/dev/null || cat "$work/console"
  rm -rf "$work"
  [ -e "$trial/passed" ]
}
