#!/usr/bin/env bash
# Publishes the panel as it is installed: with its runtime, all of it compiled ahead together (ReadyToRun, composite), and with the database's model
# as code. Usage: ./publish.sh FOLDER
set -euo pipefail
target=$(realpath -m "${1:?where to?}")
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# A compiler that goes on running remembers how it read the pages for another build, and may read these wrongly.
export UseSharedCompilation=false

# What is built here goes into a folder of its own: beside our own build files it would spoil them for the next build.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet tool restore >"$work/log" || { cat "$work/log"; exit 1; }
dotnet build src/MailAdmin.Core -v q
dotnet ef dbcontext optimize --no-build --project src/MailAdmin.Core --context SqliteMailContext --output-dir "$work/model" --namespace MailAdmin.Core.Data.Compiled
dotnet publish src/MailAdmin.Web -c Release -r linux-x64 --self-contained true -p:PublishReadyToRun=true -p:PublishReadyToRunComposite=true \
  -p:CompiledModel="$work/model" -v q --artifacts-path "$work/build" -o "$target"
