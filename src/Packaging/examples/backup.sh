#!/bin/bash
# Backs up MailAdmin and Cyrus together: a folder for each time, with links to the messages that the time before has already. Run it as root
# from cron (/etc/cron.d/mailadmin-backup):
#   30 2 * * * root /usr/local/sbin/mailadmin-backup /backup
set -euo pipefail
umask 077

folder=${1:?usage: backup.sh FOLDER}
keep_days=${KEEP_DAYS:-14}
passphrase=${PASSPHRASE_FILE:-/etc/mailadmin/backup.passphrase}
cyrus=(/var/lib/cyrus /var/spool/cyrus /var/spool/sieve)
others=(/etc/imapd.conf /etc/cyrus.conf /etc/postfix /etc/default/postsrsd /etc/postsrsd.secret)

now=$folder/$(date -u +%Y%m%dT%H%M%SZ)
mkdir -p "$now.partial"
before=$(find "$folder" -mindepth 1 -maxdepth 1 -type d -name '2*Z' | sort | tail -1)

# The panel first: a mailbox that is made meanwhile is then without an account, and no account is without its mailbox.
mailadmin backup "$now.partial/panel.backup" --passphrase-file "$passphrase"

copy() { rsync -aRH --delete ${before:+--link-dest="$before/cyrus"} "${cyrus[@]}" "$now.partial/cyrus/"; }

# Nearly everything is copied while Cyrus runs. Then it stops for the rest, so that its databases and the messages are of one moment. Mail
# that comes meanwhile waits in Postfix.
copy
trap 'systemctl start cyrus-imapd' EXIT
systemctl stop cyrus-imapd
copy
systemctl start cyrus-imapd
trap - EXIT

rsync -aR --ignore-missing-args "${others[@]}" "$now.partial/etc/"
mv "$now.partial" "$now"
find "$folder" -mindepth 1 -maxdepth 1 -type d -name '2*Z' -mtime "+$keep_days" -exec rm -rf {} +
