#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# check-headers.sh CC [CXX]: every header of the core compiles alone, in strict C11, and the umbrella header in C++ too.
# Prints TAP.
set -u
cd -- "$(dirname -- "$0")/.." || exit 99

# As system headers: what GLib's own headers do is not at issue here.
flags=$(pkg-config --cflags gio-2.0 | sed 's/-I/-isystem /g')
cases=0
failed=0

# compiles NAME COMPILER HEADER FLAGS...
compiles () {
  name=$1 compiler=$2 header=$3
  shift 3
  cases=$((cases + 1))
  # shellcheck disable=SC2086 # flags and "ccache gcc", to be split
  if said=$(printf '#include "%s"\n' "$header" |
            $compiler "$@" -fsyntax-only -Isrc $flags -Wall -Wextra -Wno-unused-parameter -Werror - 2>&1); then
    echo "ok $cases $name"
  else
    failed=$((failed + 1))
    printf '%s\n' "$said" | sed 's/^/# /'
    echo "not ok $cases $name"
  fi
}

for header in $(find src/lrp -name '*.h' | sort); do
  name=${header#src/lrp/}
  compiles "/headers/c11/${name%.h}" "$1" "${header#src/}" -x c -std=c11 -pedantic-errors
done
if [ -n "${2-}" ]; then
  compiles /headers/c++/lrp "$2" lrp/lrp.h -x c++ -std=c++11 -pedantic-errors
fi

echo "1..$cases"
[ "$failed" = 0 ]
