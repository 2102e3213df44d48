#!/bin/sh
# Makes new CURVE keys for web and model server, unless they are there: $1/web/keys.env and
# $1/model_server/keys.env, so that neither end needs to see the other's secret.
set -eu
umask 077
if [ -s "$1/web/keys.env" ] && [ -s "$1/model_server/keys.env" ]; then
    exit 0
fi
keys=$(python -m model_server keys)
printf '%s\n' "$keys" | grep -E '^MODEL_(CLIENT_SECRET|SERVER_PUBLIC)=' >"$1/web/keys.env"
printf '%s\n' "$keys" | grep -E '^MODEL_(SERVER_SECRET|CLIENT_PUBLIC)=' >"$1/model_server/keys.env"
