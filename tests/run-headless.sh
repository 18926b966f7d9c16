#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run-headless.sh CMD...: runs CMD with an X server, a session bus and XDG directories of its own, and leaves nothing
# behind. They are its own even where there is a desktop, so that a test never touches anybody's session.
# TEST_WRAPPER, where it is set, stands before the command: "valgrind -q ..."; TEST_SCREEN is the screen's size:
# "1280x1024".
set -eu

for tool in Xvfb dbus-run-session; do
  command -v "$tool" >/dev/null && continue
  echo "run-headless.sh: $tool is missing; \`./run test\` installs it" >&2
  exit 99
done

dir=$(mktemp -d "${TMPDIR:-/tmp}/headless.XXXXXX")
server=
cleanup () { [ -z "$server" ] || kill "$server" 2>/dev/null || :; rm -rf "$dir"; }
trap cleanup EXIT
trap 'exit 130' INT TERM HUP

mkdir -m 700 "$dir/run"
mkdir "$dir/config" "$dir/data" "$dir/cache" "$dir/state"
export XDG_RUNTIME_DIR="$dir/run" XDG_CONFIG_HOME="$dir/config" XDG_DATA_HOME="$dir/data" \
       XDG_CACHE_HOME="$dir/cache" XDG_STATE_HOME="$dir/state"
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS GTK_THEME GTK_MODULES || :

# The server picks a free display itself and says which: no race between tests that start together.
mkfifo "$dir/display"
Xvfb -displayfd 7 -screen 0 "${TEST_SCREEN:-1280x1024}x24" -nolisten tcp -noreset \
     7>"$dir/display" >"$dir/xvfb.log" 2>&1 &
server=$!
exec 8<"$dir/display"
read -r display <&8 || { cat "$dir/xvfb.log" >&2; exit 99; }
exec 8<&-
export DISPLAY=":$display" GDK_BACKEND=x11

# The bus's own chatter goes to a file; the program's stderr stays the program's.
exec 9>&2
set +e
dbus-run-session -- sh -c 'exec ${TEST_WRAPPER-} "$@" 2>&9 9>&-' sh "$@" 2>"$dir/dbus.log"
exit $?
