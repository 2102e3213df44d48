#!/bin/sh
# Makes the virtual environment $1 with Python 3.11, under whatever name this machine has it.
set -eu

is_3_11='import sys; sys.exit(sys.version_info[:2] != (3, 11))'
for name in python3.11 python3 python; do
    # A name may exist and still not run, as a pyenv shim does: so run it.
    if "$name" -c "$is_3_11" 2>/dev/null; then
        echo "Making $1 with $(command -v "$name")"
        if ! "$name" -m venv "$1"; then
            rm -rf "$1"
            echo "marquee: $name could not make a virtual environment (see above)." >&2
            echo "On Debian and Ubuntu its part that does so is the package python3.11-venv." >&2
            exit 1
        fi
        exit 0
    fi
done

found=$(python3 --version 2>/dev/null || echo "no python3 at all")
echo "marquee: Python 3.11 is needed, as python3.11 or python3; found: $found." >&2
exit 1
