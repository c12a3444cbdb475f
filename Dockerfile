# Panel, login service, Cyrus and Postfix in one image of Debian, for the containers of src/Packaging/examples/container/compose.yml. The context
# is a folder with the package:
#   ./package.sh /tmp/image && docker build -t mailadmin -f Dockerfile /tmp/image
# docs/operations/container.md says how it is run.
FROM debian:bookworm-slim

COPY mailadmin_*.deb /tmp/
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    /tmp/mailadmin_*.deb cyrus-imapd cyrus-pop3d postsrsd nginx-light busybox socat \
 && rm -rf /tmp/mailadmin_*.deb /var/lib/apt/lists/* \
 && rm -f /etc/postsrsd.secret /etc/nginx/sites-enabled/default \
 && ln -s mailadmin/postsrsd.secret /etc/postsrsd.secret

ENV LC_ALL=C.UTF-8
ENTRYPOINT ["/usr/lib/mailadmin/commands/start-container"]
CMD ["panel"]
