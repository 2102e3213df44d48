#!/bin/sh
# Runs a command with the variables of the file KEYS_FILE, if one is named, in its environment.
set -eu
if [ -n "${KEYS_FILE:-}" ]; then
    set -a
    . "$KEYS_FILE"
    set +a
fi
exec "$@"
