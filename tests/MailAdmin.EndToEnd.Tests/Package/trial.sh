#!/bin/bash
# shellcheck disable=SC1091,SC2012,SC2016,SC2034 # Conditions for "eventually" are expanded when it tries them.
# Runs inside the container, as its root: what is refused, install, roll back, certificates, commands, removing and purging. Ends at the first step
# that does not do what it has to.
. /trial/steps.sh

step 'Installed on a server without settings, it does nothing and says what to do'
out=$(dpkg -i /trial/earlier.deb 2>&1)
says 'mailadmin install' "$out"
is "$(systemctl is-enabled mailadmin mailadmin-login mailadmin-audit.timer | sort -u)" enabled
is "$(systemctl is-enabled mailadmin-drift.timer || true)" disabled
is "$(state mailadmin mailadmin-login)" inactive
is "$(systemctl list-units --failed --no-legend 'mailadmin*')" ''
is "$(mailadmin --version)" 1.0.0
is "$(basename "$(readlink /usr/lib/mailadmin/current)")" 0.0.1
says sasl "$(id mailadmin)"
is "$(stat -c '%a %U' /var/lib/mailadmin /var/lib/mailadmin/maps /run/mailadmin | tr '\n' ' ')" '751 mailadmin 755 mailadmin 755 mailadmin '
says MAILADMIN-DRIFT "$(man -P cat mailadmin-drift)"
says setup-link "$(source /usr/share/bash-completion/completions/mailadmin && COMP_LINE='mailadmin setup' COMP_POINT=15 && _mailadmin && echo "${COMPREPLY[@]}")"

step 'The units are right'
systemd-analyze verify /usr/lib/systemd/system/mailadmin*.{service,socket,timer}
for unit in mailadmin mailadmin-login mailadmin-audit mailadmin-cyrus@ mailadmin-postfix@; do
  systemd-analyze security --offline=true --threshold=25 "$unit.service" | tail -n 1
done

step 'What would break a server is named, and changes nothing'
prepare_host
before=$(sha256sum /etc/imapd.conf /etc/cyrus.conf /etc/postfix/*.cf /etc/default/postsrsd /etc/group)
refuses() {
  local words=$1
  shift
  if mailadmin install "$@" >out 2>&1; then false; fi
  says "$words" "$(cat out)"
  is "$(sha256sum /etc/imapd.conf /etc/cyrus.conf /etc/postfix/*.cf /etc/default/postsrsd /etc/group)" "$before"
  [ ! -e /etc/mailadmin/settings.json ]
}
refuses "server’s name" --hostname localhost --superuser-email jens@outside.example --yes
coproc TAKEN { exec openssl s_server -accept 465 -nocert -quiet 2>/dev/null; }
eventually eval 'ss -ltn | grep -q ":465 "'
refuses 'Port 465 is taken by openssl' "${answers[@]}"
kill "$TAKEN_PID"
eventually eval '! ss -ltn | grep -q ":465 "'
cp /etc/postfix/main.cf main.cf.debian
postconf -e "relayhost=[smarthost.example]"
before=$(sha256sum /etc/imapd.conf /etc/cyrus.conf /etc/postfix/*.cf /etc/default/postsrsd /etc/group)
refuses 'relayhost = [smarthost.example]' "${answers[@]}"
cat main.cf.debian >/etc/postfix/main.cf
before=$(sha256sum /etc/imapd.conf /etc/cyrus.conf /etc/postfix/*.cf /etc/default/postsrsd /etc/group)
mount -t tmpfs -o size=50M tmpfs /var/backups
refuses 'MiB free' "${answers[@]}"
umount /var/backups
says 'Only root' "$(runuser -u nobody -- mailadmin install "${answers[@]}" 2>&1 || true)"

step 'mailadmin install sets everything up'
begin=$SECONDS
says '+myhostname = mail.example.org' "$(mailadmin install "${answers[@]}" --dry-run)"
[ ! -e /etc/mailadmin/settings.json ]
mailadmin install "${answers[@]}" >installed || { cat installed; false; }
grep -v '^[-+ @]' installed
echo "installed within $((SECONDS - begin)) s"
link=$(link_of installed)
is "$(stat -c '%a %U' /var/lib/mailadmin/mailadmin.{db,key} | sort -u)" '600 mailadmin'
is "$(stat -c '%a %U %G' /etc/mailadmin/settings.json /etc/mailadmin/cyrus-admin.secret /etc/mailadmin/tls/key.pem | tr '\n' ' ')" '640 root mailadmin 640 root mailadmin 640 root mail '
# The certificate is self-signed until a real one comes, which is all that the doctor has to say; and the container has no resolver.
is "$({ mailadmin doctor --json || true; } | grep -o '"code":"[A-Za-z]*"' | grep -v Resolver | sort -u)" "$(printf '"code":"%s"\n' CertificateSelfMade NoAccount | sort)"

step 'Run again, it changes nothing'
says 'Nothing differs' "$(mailadmin install --yes)"

step 'Taken back and set up again'
before=$(sha256sum /etc/postfix/main.cf /etc/imapd.conf)
mailadmin install --rollback >out || { cat out; false; }
is "$(sha256sum </etc/postfix/main.cf)" "$(sha256sum <main.cf.debian)"
[ ! -e /etc/mailadmin/settings.json ]
is "$(state mailadmin mailadmin-login)" inactive
# Debian's own cyrus.conf names nntp, whose package is not here: Cyrus can't start with it.
is "$(state postfix)" active
mailadmin install "${answers[@]}" >installed || { cat installed; false; }
is "$(sha256sum /etc/postfix/main.cf /etc/imapd.conf)" "$before"

step 'A renewed certificate is in use at once'
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=mail.example.org -addext subjectAltName=DNS:mail.example.org -keyout new.key -out new.pem 2>/dev/null
openssl genrsa -out other.key 2048 2>/dev/null
if mailadmin certificate new.pem other.key; then false; fi
mailadmin certificate new.pem new.key
shown() { openssl s_client -connect "127.0.0.1:$1" "${@:2}" </dev/null 2>/dev/null | openssl x509 -noout -fingerprint; }
for port in 993 465 443; do eventually eval "[ \"\$(shown $port)\" = \"\$(openssl x509 -noout -fingerprint -in new.pem)\" ]"; done

step 'Mail to the host itself reaches the superuser'
printf 'From: cron\n\nA report\n' | sendmail root
eventually eval 'postqueue -j | grep -q jens@outside.example'
postsuper -d ALL 2>/dev/null
is "$(state mailadmin mailadmin-login cyrus-imapd postfix nginx)" active
is "$(stat -c '%a %U %G' /run/mailadmin/{mux,policy,milter} | sort -u)" '660 mailadmin sasl'
is "$(stat -c '%a %U' /var/lib/mailadmin/mailadmin.db*  | sort -u)" '600 mailadmin'

step 'The set-up link goes to who asks on the server, and not to the journal'
is "$(mailadmin setup-link)" "$link"
says 'mailadmin setup-link' "$(journalctl -u mailadmin -o cat)"
is "$(journalctl -u mailadmin -o cat | grep -c '/setup/[0-9a-f]' || true)" 0

step 'A proxy that does not send X-Forwarded-Proto is told what to send'
sed -i.right '/X-Forwarded-Proto/d' /etc/nginx/conf.d/mailadmin.conf && mv /etc/nginx/conf.d/mailadmin.conf.right /root/right
systemctl restart nginx
eventually eval '[ "$(browse -o page.html -w "%{http_code}" "$link")" = 421 ]'
says X-Forwarded-Proto "$(cat page.html)"
cp /root/right /etc/nginx/conf.d/mailadmin.conf
systemctl restart nginx
eventually eval '[ "$(browse -o page.html -w "%{http_code}" "$link")" = 200 ]'

step 'The first superuser, a domain, an account'
set_up "$link"
says 'administrator already' "$(mailadmin setup-link 2>&1 || true)"
eventually signs_in
eventually send
eventually eval 'read_mail 2>/dev/null | grep -q Bonjour'

step 'The panel itself finds nothing wrong, although it may not deliver to Cyrus'
is "$(curl -sS http://127.0.0.1:8080/health/provisioning | grep -o '"storeAwaySeconds":[^,]*')" '"storeAwaySeconds":null'
is "$({ runuser -u mailadmin -- mailadmin doctor --json || true; } | grep -o '"code":"[A-Za-z]*"' | sort -u)" "$({ mailadmin doctor --json || true; } | grep -o '"code":"[A-Za-z]*"' | sort -u)"

step 'Users send on both ports, a vacation message answers, and a suspended user is out'
mkdir -m 777 /srv/sink
smtp-sink -u postfix -d '/srv/sink/%M.' 127.0.0.1:2500 20 &
sink=$!
echo 'relayhost = [127.0.0.1]:2500' >>/etc/postfix/main.cf
systemctl reload postfix
submit_mail() { curl -sSk --max-time 20 --ssl-reqd "$1" --user "exemple0001:$password" --mail-from gugus.dupont@exemple.be --mail-rcpt a@outside.example -T "$2"; }
left() { grep -lq "$1" /srv/sink/*; }
printf 'From: gugus.dupont@exemple.be\r\nSubject: Sent-by-465\r\n\r\nBonjour\r\n' >465.eml
printf 'From: gugus.dupont@exemple.be\r\nSubject: Sent-by-587\r\n\r\nBonjour\r\n' >587.eml
submit_mail smtps://mail.example.org:465 465.eml
submit_mail smtp://mail.example.org:587 587.eml
eventually left Sent-by-465
eventually left Sent-by-587
# This form leads back to itself.
submit /domains/exemple.be/accounts/exemple0001/vacation -d State=on -d Subject=Away -d Text=I-am-in-Liege -d IntervalDays=7 -d Version=0 >/dev/null || true
eventually eval 'mailadmin provisioning | grep -q "Everything is in place"'
curl -sS --max-time 10 smtp://127.0.0.1:25 --mail-from b@outside.example --mail-rcpt gugus.dupont@exemple.be \
  -T <(printf 'From: b@outside.example\r\nTo: gugus.dupont@exemple.be\r\nSubject: Question\r\n\r\n?\r\n')
eventually left I-am-in-Liege
# Sends a form of the page where an account is suspended or resumed, with the hidden fields of that page.
change_state() {
  local form=$1 page field fields=()
  shift
  page=$(browse "$site/domains/exemple.be/accounts/exemple0001/state")
  for field in Version HoldStamp RefuseStamp __RequestVerificationToken; do
    fields+=(--data-urlencode "$field=$(grep -oE "name=\"$field\"( type=\"hidden\")? value=\"[^\"]*\"" <<<"$page" | tail -n 1 | sed 's/.*value="//; s/"$//')")
  done
  is "$(browse -o page.html -w '%{http_code}' "${fields[@]}" "$@" "$site/domains/exemple.be/accounts/exemple0001/$form")" 302
}
change_state state -d Mail=hold
eventually eval '! signs_in'
if submit_mail smtps://mail.example.org:465 465.eml 2>/dev/null; then false; fi
change_state state/resume
eventually signs_in
sed -i '/^relayhost = \[127/d' /etc/postfix/main.cf
systemctl reload postfix
kill "$sink"

step 'Commands of other users: those of the panel alone'
run_as=/usr/lib/mailadmin/commands/run-as
coproc SESSION { openssl s_client -quiet -connect 127.0.0.1:993 2>/dev/null; }
session=$SESSION_PID
printf 'a LOGIN exemple0001 %s\r\nb SELECT INBOX\r\nc IDLE\r\n' "$password" >&"${SESSION[1]}"
eventually eval 'read -rt 1 line <&"${SESSION[0]}" && [[ $line == "+ idling"* ]]'
as_panel $run_as cyrus cyr_deny -s none -m 'Please sign in again' exemple0001
eventually eval '! kill -0 $session 2>/dev/null'
as_panel $run_as cyrus cyr_deny -a exemple0001
signs_in
# A message that waits, because the mail store is away, is requeued at once.
systemctl stop cyrus-imapd
send
eventually eval 'postqueue -j | grep -q deferred'
postqueue -j | sed 's/.*"queue_id": "\([^"]*\)".*/\1/' | as_panel $run_as postfix postsuper -r - deferred
systemctl start cyrus-imapd
eventually eval 'postqueue -f; [ -z "$(postqueue -j)" ]'
for refused in 'cyrus kill -TERM 1' 'cyrus cyr_deny --help' 'postfix postsuper -d ALL' 'postfix postsuper -r ALL' 'cyrus sh'; do
  # shellcheck disable=SC2086
  if as_panel $run_as $refused </dev/null; then false; fi
done
runuser -u nobody -- /usr/lib/mailadmin/commands/run-as cyrus cyr_deny -a exemple0001 2>/dev/null && false

step 'The queue is listed without set-group-id, and the daily check runs'
setpriv --reuid mailadmin --regid mailadmin --init-groups --no-new-privs postqueue -j
systemctl start mailadmin-audit.service
is "$(systemctl show -p Result --value mailadmin-audit.service)" success

step 'Settings are found without --settings'
# The panel has its port, which is what these two find out.
says 'Another program listens there' "$(as_panel timeout 60 mailadmin --urls http://127.0.0.1:8080 2>&1 || true)"
says '/run/mailadmin/mux' "$(as_panel timeout 60 mailadmin login-service 2>&1 || true)"

step 'Files that dpkg replaces are not those of a running process'
touch -d '2020-01-01' /usr/lib/mailadmin/package/VERSION
dpkg -i /trial/package.deb >/dev/null 2>&1
signs_in
is "$(ls /usr/lib/mailadmin/versions | tr '\n' ' ')" '0.0.1 1.0.0 '

step 'Removed: nothing runs, the data stay'
dpkg -r mailadmin
is "$(state mailadmin mailadmin-login)" inactive
[ -e /var/lib/mailadmin/mailadmin.db ]
[ -e /etc/mailadmin/settings.json ]
[ ! -e /usr/lib/mailadmin ]

step 'Installed again, everything is as it was'
dpkg -i /trial/package.deb
eventually signs_in

step 'Purged without an answer: the settings go, the data stay'
dpkg -P mailadmin
[ -e /var/lib/mailadmin/mailadmin.db ]
[ ! -e /etc/mailadmin/settings.json ]

step 'Purged with the answer yes: everything goes'
dpkg -i /trial/package.deb
dpkg -r mailadmin
echo 'mailadmin mailadmin/purge-data boolean true' | debconf-set-selections
dpkg -P mailadmin
[ ! -e /var/lib/mailadmin ]
[ ! -e /etc/mailadmin ]
is "$(find /usr /etc /run -name '*mailadmin*' -not -path '/usr/share/*' -not -path '/etc/*-' 2>/dev/null)" ''

finish
