#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# check-includes.sh [ROOT]: what no compiler checks about the tree: which folder may include which, and that nothing
# was forgotten in a manifest. Each check prints the offending lines; its output is TAP.
set -u
LC_ALL=C
export LC_ALL
cd -- "${1:-$(dirname -- "$0")/..}" || exit 99

cases=0
failed=0

# check NAME OFFENDERS: passes when there are none.
check () {
  cases=$((cases + 1))
  if [ -z "$2" ]; then
    echo "ok $cases $1"
  else
    failed=$((failed + 1))
    printf '%s\n' "$2" | sed 's/^/# /'
    echo "not ok $cases $1"
  fi
}

sources () { find "$@" -type f -name '*.[ch]' | sort; }

# includes FOLDER PATTERN: lines in FOLDER that include a file matching PATTERN.
includes () { sources "src/$1" | xargs grep -nE "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]($2)" /dev/null; }

# Downward only: app, cli -> heat, files -> lrp.
check /includes/lrp-stands-alone "$(includes lrp '(app|cli|heat|files)/')"
check /includes/heat-only-lrp "$(includes heat '(app|cli|files)/')"
check /includes/files-only-lrp "$(includes files '(app|cli|heat)/')"
check /includes/cli-not-app "$(includes cli 'app/')"
check /includes/app-not-cli "$(includes app 'cli/')"
check /includes/nothing-to-tests "$(sources src | xargs grep -nE '#[[:space:]]*include.*tests/' /dev/null)"

# Inside a folder, too: the wings from the ground up; a file may include its own wing and those before it.
lrp_wings="base net rules engine ops methods metrics"
app_wings="kit drawing work session map choose export pad panel layers catalogue compare window"
files_wings="io wire pictures cards fetch own onnx caffe toolbox"

# wing_order FOLDER WINGS: lines that include a wing which stands later in the list, or a file that stands on all wings.
wing_order () {
  folder=$1
  shift
  for wing in "$@"; do
    shift
    includes "$folder/$wing" "$folder/($(echo "$@" '[a-z0-9-]+\.h' | sed 's/ /\/|/g;s/\/|\[/|[/'))"
  done
}
# never_each_other FOLDER WINGS: lines by which one of the wings includes another of them.
never_each_other () {
  folder=$1
  shift
  for wing in "$@"; do
    others=$(printf '%s\n' "$@" | grep -vx "$wing" | paste -sd '|')
    includes "$folder/$wing" "$folder/($others)/"
  done
}
check /includes/lrp-wings "$(wing_order lrp $lrp_wings)"
check /includes/app-wings "$(wing_order app $app_wings)"
check /includes/app-pages-not-each-other "$(never_each_other app pad panel layers catalogue compare)"
check /includes/files-wings "$(wing_order files $files_wings)"
check /includes/files-formats-not-each-other "$(never_each_other files onnx caffe toolbox)"

# What each folder may know of the outside.
check /includes/lrp-no-toolkit "$(includes lrp '(gtk|gdk|gsk|adwaita|cairo|pango|png|json-glib|gdk-pixbuf)')"
check /includes/heat-no-toolkit "$(includes heat '(gtk|gdk|gsk|adwaita|json-glib|gdk-pixbuf)')"
check /includes/files-no-toolkit "$(includes files '(gtk|gdk/|gsk|adwaita|cairo|pango)')"
check /includes/cli-no-toolkit "$(includes cli '(gtk|gdk/|gsk|adwaita)')"
check /includes/onednn-in-kernels-only \
  "$(sources src | grep -v '^src/lrp/engine/\(kernels\.c\|onednn\.h\)$' |
     xargs grep -nE '#[[:space:]]*include.*dnnl|\bdnnl_[a-z]' /dev/null)"
check /includes/libcurl-in-fetch-http-only \
  "$(sources src | grep -v '^src/files/fetch/http\.c$' |
     xargs grep -nE '#[[:space:]]*include.*curl/|\bcurl_[a-z]' /dev/null)"

# Work in the background has one shape, but for the threads of an explainer.
check /includes/threads-in-jobs-only \
  "$(sources src/app | grep -v '^src/app/\(kit/job\.c\|work/explainer.*\.c\)$' |
     xargs grep -nE '\bg_(task_new|task_run_in_thread|thread_new|thread_try_new|thread_pool_new)\b' /dev/null)"

# Our own headers are named with their folder, and exist.
check /includes/with-folder \
  "$(sources src | xargs grep -nE '#[[:space:]]*include[[:space:]]*"' /dev/null |
     grep -vE '"(config\.h|(lrp|heat|files|cli|app)(/[a-z]+)?/[a-z0-9-]+\.h)"')"
check /includes/exist \
  "$(sources src | xargs sed -nE 's|^[[:space:]]*#[[:space:]]*include[[:space:]]*"([a-z]+/.*\.h)".*|\1|p' | sort -u |
     while read -r header; do [ -e "src/$header" ] || echo "src/$header"; done)"
check /headers/pragma-once "$(find src -name '*.h' | sort | xargs grep -L '^#pragma once')"
# lrp.h has them all, but for those that say in their first lines that they are private to the core.
check /headers/umbrella-is-complete \
  "$(find src/lrp -name '*.h' ! -name lrp.h | sort | while read -r header; do
       grep -qF "\"${header#src/}\"" src/lrp/lrp.h || head -n 3 "$header" | grep -q 'private to the core' ||
         echo "$header"
     done)"
check /sources/licence \
  "$(sources src tests | xargs grep -L 'SPDX-License-Identifier: GPL-3.0-or-later' /dev/null | grep -v '^/dev')"
check /sources/compiled \
  "$(for folder in src/lrp src/files src/heat src/cli src/app; do
       (cd "$folder" && find . -name '*.c' | sed 's|^\./||' | sort) | while read -r file; do
         grep -qF "'$file'" "$folder/meson.build" || echo "$folder/$file is not in $folder/meson.build"
       done
     done)"

# Columns are characters, not bytes.
check /sources/width \
  "$( (sources src tests; find tests .ci -name '*.sh'; find meson.build data models po src tests -name meson.build) |
     LC_ALL=C.UTF-8 xargs grep -nE '^.{121}' /dev/null | cut -c 1-100)"

# The interface and its translations.
check /interface/has-its-source \
  "$(find ui -name '*.ui' | sed 's|^ui/||; s|\.ui$||' | sort | while read -r file; do
       [ -e "src/app/$file.c" ] || echo "ui/$file.ui has no src/app/$file.c"
     done)"
check /interface/manifest \
  "$(find ui -name '*.ui' -o -name '*.css' | sed 's|^ui/||' | sort | while read -r file; do
       grep -qE "<file[^>]*>$file</file>" ui/*.gresource.xml || echo "ui/$file is in no gresource manifest"
     done)"

translatable () {
  sources src | xargs grep -lE '(^|[^A-Za-z0-9_])(N?C?_|ngettext) ?\("' /dev/null
  find ui -name '*.ui' -exec grep -lE 'translatable="(yes|true|1)"' {} + 2>/dev/null
  find data -name '*.in' \( -name '*.desktop.in' -o -name '*.metainfo.xml.in' \)
  find data -name '*.gschema.xml'
}
potfiles () { grep -vE '^[[:space:]]*(#|$)' po/POTFILES; }
check /translations/potfiles-complete \
  "$(translatable | sort | while read -r file; do
       potfiles | grep -qxF "$file" || echo "$file is not in po/POTFILES"
     done)"
check /translations/potfiles-exist "$(potfiles | while read -r file; do [ -e "$file" ] || echo "$file"; done)"
check /translations/potfiles-sorted "$(potfiles | sort -uc 2>&1)"
# A macro in the middle of a message, as in "%" G_GSIZE_FORMAT, hides its end from translators; only PRId64 and its like
# are understood by gettext.
check /translations/whole-messages "$(sources src | xargs grep -nE "_ ?\(\"[^\"]*%[^a-zA-Z\"]*\" *G_" /dev/null)"
check /translations/well-formed "$(for file in po/*.po; do msgfmt -c -o /dev/null "$file" 2>&1; done)"
check /translations/linguas-exist \
  "$(grep -vE '^[[:space:]]*(#|$)' po/LINGUAS | while read -r language; do
       [ -e "po/$language.po" ] || echo "po/$language.po"
     done)"

# No path of the machine it was built on, and nothing unfinished.
check /sources/no-absolute-paths "$(grep -rnE '"/(home|root|work|tmp|build)/' src ui /dev/null)"
check /sources/nothing-unfinished "$(grep -rnE '\b(TODO|FIXME|XXX)\b' src ui /dev/null)"

# One executable bit, one end of line.
check /files/no-carriage-returns \
  "$(grep -rlI "$(printf '\r')" src ui data/*.in data/*.xml po tests/*.sh run .ci /dev/null)"
check /files/scripts-executable \
  "$(for file in run .ci/run tests/*.sh tests/run-tests tests/*.py; do [ -x "$file" ] || echo "$file"; done)"

echo "1..$cases"
[ "$failed" = 0 ]
