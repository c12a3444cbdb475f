#!/bin/bash
# shellcheck disable=SC1091,SC2016 # Conditions for "eventually" are expanded when it tries them.
# Runs inside the container, as its root, once before a reboot and once after: from the unpacked system to the first mail, backup and restore,
# then upgrades while users sign in, read pages and get mail. Ends at the first step that does not do what it has to.
. /trial/steps.sh
switch=/usr/lib/mailadmin/commands/switch

pid_of() { systemctl show -p MainPID --value "$1"; }

# Until the file "stop": one line for each login, page and message, with its state and milliseconds. Users have machines of their own, so what
# stands for them pauses, and leaves the processors to the servers.
go_on() {
  rm -f stop
  timed() { local from=${EPOCHREALTIME/./} state=$1; shift; "$@" || state=refused; echo "$state $(((${EPOCHREALTIME/./} - from) / 1000))"; }
  page() { [ "$(browse -o /dev/null -w '%{http_code}' "$site/health" 2>/dev/null)" = 200 ]; }
  loops=()
  (set +e; trap - ERR; while [ ! -e stop ]; do timed in signs_in; sleep 0.1; done >>logins) & loops+=($!)
  (set +e; trap - ERR; while [ ! -e stop ]; do timed shown page; sleep 0.1; done >>pages) & loops+=($!)
  (set +e; trap - ERR; n=$1; while [ ! -e stop ]; do n=$((n + 1)); timed sent send "during-$n" 2>>mail-errors; sleep 0.1; done >>mails) & loops+=($!)
}

# What happened meanwhile. $1: of what; $2: the only state that is right; $3: the longest time, in milliseconds.
judge() {
  local longest
  longest=$(sort -k 2 -n "$1" | tail -n 1 | cut -d ' ' -f 2)
  echo "$1: $(wc -l <"$1"), the longest took $longest ms"
  is "$(cut -d ' ' -f 1 "$1" | sort -u)" "$2"
  [ "$longest" -le "$3" ]
}

# Runs a command while everything goes on. $1: the longest time for a page, in milliseconds.
meanwhile() {
  local most=$1
  shift
  rm -f logins pages
  go_on "$(wc -l <mails)"
  eventually [ -s logins ]
  "$@"
  eventually eval '[ "$(wc -l <pages)" -gt 3 ]'
  touch stop
  wait "${loops[@]}"
  judge logins in 30000
  judge pages shown "$most"
  is "$(cut -d ' ' -f 1 mails | sort -u)" sent
}

fails() { if "$@" >out 2>&1; then cat out; return 1; fi; grep '^mailadmin:' out || { cat out; return 1; }; }
upgrades_to() { dpkg -i "/trial/$1.deb"; is "$(runs)" "$2"; }
holds_at() { fails dpkg -i "/trial/$1.deb"; is "$(runs)" "$2"; }

before_reboot() {
  step 'From the unpacked system to the first mail'
  prepare_host
  touch mails
  local begin=${EPOCHREALTIME/./}
  typed=("dpkg -i /trial/earlier.deb" "mailadmin install ${answers[*]}")
  for command in "${typed[@]}"; do $command >>installed 2>&1 || { cat installed; false; }; done
  set_up "$(link_of installed)"
  eventually send first
  eventually eval 'read_mail 2>/dev/null | grep -q "Subject: first"'
  echo "commands typed: ${#typed[@]}; machine time to the first mail: $(((${EPOCHREALTIME/./} - begin) / 1000)) ms"
  [ "$(((${EPOCHREALTIME/./} - begin) / 1000000))" -le 120 ]
  [ "${#typed[@]}" -le 4 ]
  touch /trial/rebooted
  systemctl --no-block reboot
  exit 0
}

back_up_and_restore() {
  step 'A backup with Cyrus, and the restore'
  echo passphrase-of-the-trial >/etc/mailadmin/backup.passphrase
  send before-backup
  eventually eval 'read_mail 2 2>/dev/null | grep -q before-backup'
  bash /usr/share/doc/mailadmin/examples/backup.sh /backup
  is "$(state cyrus-imapd)" active
  add_account titi.lutin
  eventually signs_in exemple0002
  says 'Stop both' "$(mailadmin restore /backup/*/panel.backup --passphrase-file /etc/mailadmin/backup.passphrase 2>&1 || true)"
  systemctl stop mailadmin mailadmin-login.socket mailadmin-login
  mailadmin restore /backup/*/panel.backup --passphrase-file /etc/mailadmin/backup.passphrase >restored || { cat restored; false; }
  says 'mailadmin adopt exemple0002' "$(cat restored)"
  systemctl start mailadmin-login.socket mailadmin-login mailadmin
  eventually signs_in
  if signs_in exemple0002; then false; fi
  submit /sign-in -d Name=jens -d "Password=$password"
}

step "After the boot"
[ -e /trial/rebooted ] || before_reboot
is "$(state mailadmin mailadmin-login cyrus-imapd postfix nginx)" active
eventually signs_in
read_mail | grep -q 'Subject: first'
back_up_and_restore

step 'To a version with the same database'
before=$(pid_of mailadmin)
meanwhile 60000 upgrades_to package 1.0.0
[ "$(pid_of mailadmin)" != "$before" ]
says /versions/1.0.0/ "$(readlink "/proc/$(pid_of mailadmin)/exe")"
is "$(journalctl -o cat -u mailadmin -u mailadmin-login | grep -cE 'SEGV|BUS|ABRT|Unhandled' || true)" 0

step 'The same version again: its panel keeps its socket while it restarts'
meanwhile 60000 "$switch" 1.0.0

step 'To a version whose panel does not start: back by itself'
before=$(pid_of mailadmin-login)
meanwhile 60000 holds_at broken 1.0.0
is "$(state mailadmin mailadmin-login)" active
is "$(pid_of mailadmin-login)" "$before"

step 'To a version that does not run at all: nothing stops'
before=$(pid_of mailadmin)-$(pid_of mailadmin-login)
meanwhile 10000 holds_at unusable 1.0.0
is "$(pid_of mailadmin)-$(pid_of mailadmin-login)" "$before"

step 'To a version that migrates and does not start: back, with the database'
add_account miss.tic
meanwhile 60000 holds_at broken-later 1.0.0
says '"migrations":[]' "$(mailadmin upgrade --dry-run --json)"
says miss.tic "$(browse "$site/domains/exemple.be/accounts")"
ls -d /var/lib/mailadmin/undone-*

step 'While a command uses the database: nothing stops'
before=$(pid_of mailadmin)-$(pid_of mailadmin-login)
flock --shared --no-fork /var/lib/mailadmin/mailadmin.db.in-command tail -f /dev/null &
command=$!
meanwhile 30000 holds_at later 1.0.0
kill "$command"
says 'A command uses' "$(cat out)"
is "$(pid_of mailadmin)-$(pid_of mailadmin-login)" "$before"

step 'While something else uses the database: back, and nothing was migrated'
flock --shared --no-fork /var/lib/mailadmin/mailadmin.db.in-use tail -f /dev/null &
other=$!
fails dpkg -i /trial/later.deb
kill "$other"
says 'the migration failed' "$(cat out)"
is "$(runs)" 1.0.0
is "$(state mailadmin mailadmin-login)" active
says '"migrations":[]' "$(mailadmin upgrade --dry-run --json)"

step 'To a version that migrates'
meanwhile 60000 upgrades_to later 1.1.0
is "$(stat -c '%a %U' /var/lib/mailadmin/mailadmin.db /var/lib/mailadmin/mailadmin.db.before-1.1.0 | sort -u)" '600 mailadmin'
says miss.tic "$(browse "$site/domains/exemple.be/accounts")"

step 'A version that is older than the database says so, and does not start'
fails "$switch" 1.0.0
says 'newer version' "$(cat out)"
is "$(runs)" 1.1.0
says 'newer version' "$(as_panel /usr/lib/mailadmin/versions/1.0.0/mailadmin --urls http://127.0.0.1:18080 2>&1 || true)"
is "$(state mailadmin mailadmin-login)" active

step 'Back to the version before, with the copy'
meanwhile 60000 "$switch" 1.0.0 --with-copy
is "$(runs)" 1.0.0
is "$(state mailadmin mailadmin-login)" active
says miss.tic "$(browse "$site/domains/exemple.be/accounts")"
# Ends with 1 if the maps differ from the database.
eventually mailadmin trace miss.tic@exemple.be >out

step 'Another address: the panel lets go of the old one'
sed -i '0,/{/s//{ "Urls": "http:\/\/127.0.0.1:18080",/' /etc/mailadmin/settings.json
systemctl restart mailadmin
curl -sS --max-time 10 -o /dev/null http://127.0.0.1:18080/health
if curl -sS --max-time 10 -o /dev/null http://127.0.0.1:8080/health; then false; fi
says 18080 "$(mailadmin health)"

step 'Every message that was sent is there'
sent=$(wc -l <mails)
eventually eval '[ "$(subjects | grep -c "^during-" || true)" = "$sent" ]'
is "$(subjects | sort | uniq -d)" ''
echo "messages: $sent"

finish
