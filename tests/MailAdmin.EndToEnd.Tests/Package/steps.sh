# shellcheck shell=bash disable=SC2034 # Variables are read by the scripts.
# For the scripts that run in the container: how a step is told, waited for and judged, and what users of the server do.
set -Eeuo pipefail
trap 'echo "FAILED at line $LINENO: $BASH_COMMAND"; journalctl --no-pager -n 60 -o cat -u "mailadmin*" -u postfix@- -u cyrus-imapd || true' ERR
cd /root
export DEBIAN_FRONTEND=noninteractive
password=Kilo7-gamma-x
site=https://mail.example.org
answers=(--hostname mail.example.org --superuser-email jens@outside.example --yes)

step() { printf '\n== %s (%ss)\n' "$*" "$SECONDS"; }

# Waits until the command succeeds, for at most 30 seconds.
eventually() {
  local end=$((SECONDS + 30))
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || { echo "not within 30 s: $*"; return 1; }
    read -rt 0.1 <> <(:) || true
  done
}

# The one state of all these units.
state() { systemctl is-active "$@" | sort -u || true; }
is() { [ "$1" = "$2" ] || { echo "is '$1', not '$2'"; return 1; }; }
says() { grep -qF -- "$1" <<<"$2" || { printf "lacks '%s':\n%s\n" "$1" "$2"; return 1; }; }
runs() { basename "$(readlink /usr/lib/mailadmin/current)"; }
as_panel() { setpriv --reuid mailadmin --regid mailadmin --init-groups --no-new-privs --bounding-set=-all "$@"; }
browse() { curl -sSk --max-time 60 --resolve mail.example.org:443:127.0.0.1 -b jar -c jar "$@"; }

# Opens a page of the panel, fills in its form and sends it; the panel has to lead on to another page.
submit() {
  local path=$1 token there
  shift
  token=$(browse "$site$path" | grep -o '__RequestVerificationToken"[^>]*value="[^"]*"' | tail -n 1 | sed 's/.*value="//; s/"$//')
  there=$(browse -L -o page.html -w '%{http_code} %{url_effective}' --data-urlencode "__RequestVerificationToken=$token" "$@" "$site$path")
  [[ $there = 200* && ${there#* } != "$site$path" ]] || { echo "$path: $there"; grep -iE 'error|problem' page.html; return 1; }
}

prepare_host() {
  echo '127.0.0.1 mail.example.org' >>/etc/hosts
  # This machine may have no IPv6, which Debian's own site of nginx listens on.
  sed -i '/listen \[::\]/d' /etc/nginx/sites-enabled/default
}

# $1: what "mailadmin install" printed.
link_of() { sed -n 's/.*\(https:[^ ]*\/setup\/[^ ]*\)/\1/p' "$1"; }

# What a person does in the browser: the first superuser, a domain, an account. $1: the set-up link.
set_up() {
  submit "${1#"$site"}" -d Name=jens -d "Password=$password" -d "Confirmation=$password" -d Language=en
  submit /domains/new -d Name=exemple.be -d Prefix=exemple -d 'DefaultQuota=25000' -d NamingScheme=Numbered
  add_account gugus.dupont
}

add_account() {
  submit /domains/exemple.be/accounts/new -d "Address=$1" -d Quota=25000 -d "Password=$password" -d "Confirmation=$password"
}

# By IMAP over TLS. $1: the number of the message; $2: the user.
read_mail() { curl -sSk --max-time 10 --user "${2:-exemple0001}:$password" "imaps://127.0.0.1/INBOX;MAILINDEX=${1:-1}"; }
signs_in() { curl -sSk --max-time 60 --user "${1:-exemple0001}:$password" imaps://127.0.0.1/ >/dev/null 2>&1; }
# $1: the subject; $2: the recipient's local part.
send() {
  curl -sS --max-time 60 smtp://127.0.0.1:25 --mail-from a@outside.example --mail-rcpt "${2:-gugus.dupont}@exemple.be" \
    -T <(printf 'Subject: %s\r\n\r\nBonjour\r\n' "${1:-Bonjour}")
}
# Of all messages in the inbox, one a line.
subjects() {
  printf 'a LOGIN exemple0001 %s\r\nb SELECT INBOX\r\nc FETCH 1:* (BODY.PEEK[HEADER.FIELDS (SUBJECT)])\r\nd LOGOUT\r\n' "$password" \
    | { openssl s_client -quiet -connect 127.0.0.1:993 2>/dev/null || true; } | tr -d '\r' | sed -n 's/^Subject: //p'
}

finish() {
  printf '\nPASSED after %s seconds\n' "$SECONDS"
  touch /trial/passed
  systemctl --no-block poweroff --force
}
