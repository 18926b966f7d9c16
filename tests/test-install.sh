#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# test-install.sh BUILD PREFIX gui|nogui: installs a build into an empty folder and uses it there, as a package would be
# used: nothing may depend on the source tree, on the environment or on where the folder lies. Prints TAP.
set -u
build=$1 prefix=$2 gui=$3

dir=$(mktemp -d "${TMPDIR:-/tmp}/install.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM HUP
mkdir "$dir/home"
dest=$dir/root
at=$dest$prefix
cases=0
failed=0

# A clean environment, far from the source tree; what sanitizers are told may stay.
clean () {
  (cd "$dir/home" && env -i PATH=/usr/bin:/bin HOME="$dir/home" LC_ALL=C.UTF-8 XDG_DATA_DIRS=/usr/share \
     ASAN_OPTIONS="${ASAN_OPTIONS-}" LSAN_OPTIONS="${LSAN_OPTIONS-}" G_DEBUG=fatal-warnings "$@" 2>&1)
}

# case_ NAME COMMAND...: passes when the command succeeds; shows what it said when not.
case_ () {
  name=$1
  shift
  cases=$((cases + 1))
  if said=$("$@"); then
    echo "ok $cases $name"
  else
    failed=$((failed + 1))
    printf '%s\n' "$said" | sed 's/^/# /'
    echo "not ok $cases $name"
  fi
}

said_by () {
  wanted=$1; shift
  out=$(clean "$@") && printf '%s\n' "$out" | grep -- "$wanted" || { echo "$out"; return 1; }
}

# empty SHAPE BYTES: float32 zeros as .npy: ten bytes, then the header padded to 118 with a final newline.
empty () {
  printf '\223NUMPY\001\000v\000%-117s\n' "{'descr': '<f4', 'fortran_order': False, 'shape': ($1), }"
  head -c "$2" /dev/zero
}

# The kind of picture that a bundled network reads.
kind_of () { case $1 in mnist-*) echo digit ;; *) echo picture ;; esac; }

files_are_there () {
  status=0
  for file in "$@"; do [ -s "$at/$file" ] || { echo "$file is missing"; status=1; }; done
  return $status
}

heatmap () {
  clean "$at/bin/lrp" explain "$1" "$dir/home/$(kind_of "$1").npy" --target 3 -o "$dir/home/map.png" || return 1
  [ "$(head -c 4 "$dir/home/map.png" | tail -c 3)" = PNG ] || { echo "map.png is not a PNG file"; return 1; }
}

# Debug information names the sources, and may; the program's own strings must not.
no_build_paths () {
  for binary in "$at"/bin/*; do strip -o "$binary.stripped" "$binary" && mv "$binary.stripped" "$binary"; done
  ! grep -rlF -e "$source" -e "$build" "$dest"
}
source=$(cd -- "$(dirname -- "$0")/.." && pwd -P)

case_ /install/succeeds meson install -C "$build" --no-rebuild --quiet --destdir "$dest"
empty "1, 28, 28" 3136 >"$dir/home/digit.npy"
empty "3, 32, 32" 12288 >"$dir/home/picture.npy"
version=$(sed -n "s/^ *version: '\(.*\)',/\1/p" "$source/meson.build" | head -n 1)

case_ /install/lrp/files files_are_there bin/lrp share/man/man1/lrp.1 share/bash-completion/completions/lrp \
  share/zsh/site-functions/_lrp share/fish/vendor_completions.d/lrp.fish share/relevance/data/samples/digits.npy \
  share/relevance/data/catalogue.json share/relevance/data/labels/imagenet.txt
case_ /install/lrp/version said_by "$version" "$at/bin/lrp" --version
case_ /install/lrp/catalogue said_by "^squeezenet1.0-12 .*Apache-2.0" "$at/bin/lrp" models
for model in "$source"/models/*.onnx; do
  model=$(basename "$model" .onnx)
  case_ "/install/lrp/$model/files" files_are_there "share/relevance/models/$model.onnx" \
    "share/relevance/models/$model.card.md" "share/relevance/models/$model.json"
  case_ "/install/lrp/$model/listed" said_by "$model" "$at/bin/lrp" list models
  case_ "/install/lrp/$model/explains" heatmap "$model"
done

if [ "$gui" = gui ]; then
  id=io.github.relevance_lrp.Relevance
  case_ /install/window/files files_are_there bin/relevance share/man/man1/relevance.1 \
    "share/applications/$id.desktop" "share/metainfo/$id.metainfo.xml" \
    "share/glib-2.0/schemas/$id.gschema.xml" "share/mime/packages/$id.xml" \
    "share/dbus-1/services/$id.service" "share/icons/hicolor/scalable/apps/$id.svg" \
    "share/icons/hicolor/symbolic/apps/$id-symbolic.svg"
  case_ /install/window/service-names-the-program grep -x "Exec=$prefix/bin/relevance --gapplication-service" \
    "$at/share/dbus-1/services/$id.service"
  case_ /install/window/version said_by "$version" "$at/bin/relevance" --version
fi

case_ /install/no-build-paths no_build_paths

echo "1..$cases"
[ "$failed" = 0 ]
