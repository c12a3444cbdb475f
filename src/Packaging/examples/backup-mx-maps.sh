#!/bin/bash
# Prints what a backup MX has to know as a tar archive: the hosted domains, their recipients, and who is refused. Run it by ssh as a forced
# command; docs/operations/several-mail-hosts.md of the source says how. It needs no rights beyond reading the maps.
set -euo pipefail
maps=${1:-/var/lib/mailadmin/maps}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for map in domains virtual refused; do
  # Rows that begin with "!" are the panel's own.
  /usr/sbin/postmap -s "lmdb:$maps/$map" | grep -v '^!' >"$work/$map" || true
done
tar c -C "$work" domains virtual refused
