# The panel with Debian's postmap, so that its maps are what Debian's Postfix reads. The context is what publish.sh made:
#   ./publish.sh /tmp/mailadmin && docker build -t mailadmin -f Dockerfile /tmp/mailadmin
# docs/operations.md says how it is run.
FROM debian:bookworm-slim

RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ca-certificates libicu72 libssl3 postfix postfix-lmdb tzdata \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --home-dir /var/lib/mailadmin mailadmin \
 && install -d -o mailadmin -g mailadmin /var/lib/mailadmin /run/mailadmin

COPY . /usr/lib/mailadmin
RUN ln -s /usr/lib/mailadmin/mailadmin /usr/bin/mailadmin

USER mailadmin
ENTRYPOINT ["mailadmin"]
CMD ["--settings", "/etc/mailadmin/settings.json", "--urls", "http://127.0.0.1:8080"]
