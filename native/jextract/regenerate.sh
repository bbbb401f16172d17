#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes the checked-in bindings anew: regenerate.sh [posix] [windows]   (both, when none is named)
#
# Needs on the PATH: jextract (of JDK 22 or newer, with libclang 14), java >= 22 in $JAVA or on the
# PATH, and the headers of every target (see native/jextract/README.md). The build needs none of it.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
java=${JAVA:-java}
architectures=(x86_64 aarch64 riscv64 ppc64le s390x)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { echo "regenerate: $*" >&2; exit 1; }
command -v jextract >/dev/null || fail "no jextract on the PATH; native/jextract/README.md says where it comes from"
"$java" --version 2>/dev/null | awk 'NR == 1 { exit !($2 + 0 >= 22) }' || fail "'$java' is not a java >= 22; set JAVA"

# The wanted lists as jextract's own arguments; a name that the target's headers lack is an error,
# since jextract would silently leave it out.
arguments() { # wanted dump
  local unknown
  unknown=$(awk 'NR == FNR { if ($1 ~ /^--include/) known[$1 " " $2]; next }
    /^[a-z]/ && !(("--include-" $1 " " $2) in known) && !(("--include-typedef " $2) in known) { print $2 }' "$2" "$1")
  [ -z "$unknown" ] || fail "jextract does not know, for $target:" $unknown
  awk 'NR == FNR { if ($1 ~ /^--include/) known[$1 " " $2]; next }
    /^[a-z]/ { o = "--include-" $1 " " $2; print (o in known) ? o : "--include-typedef " $2 }' "$2" "$1"
}

# One package from one wanted list, in the current folder, which holds the target's compile_flags.txt
package() { # umbrella wanted class package output
  jextract --dump-includes dump.txt "$1" 2>messages.txt || { grep -v "warning:" messages.txt >&2; fail "jextract failed for $target"; }
  arguments "$2" dump.txt > arguments.txt
  jextract @arguments.txt --header-class-name "$3" --symbols-class-name CTypes -t "$4" --output "$5" "$1" \
    2>messages.txt || { grep -v "warning:" messages.txt >&2; fail "jextract failed for $target"; }
  "$java" "$here/Trim.java" "$2" "$5/${4//.//}"
}

code() { sed -E '/^ *(\/\*\*|\*)/d' "$1"; }

posix() {
  local gen=io/chagres/posix/gen first=${architectures[0]} file
  for target in "${architectures[@]}"; do
    echo "regenerate: linux $target"
    mkdir -p "$work/$target" && cd "$work/$target"
    cp "$here/posix/targets/$target.flags" compile_flags.txt
    package "$here/posix/umbrella.h" "$here/posix/wanted.txt" Linux io.chagres.posix.gen shared
    package "$here/posix/umbrella.h" "$here/posix/wanted-per-architecture.txt" Constants "io.chagres.posix.gen.$target" own
    [ "$(ls shared/$gen)" = "$(ls "$work/$first/shared/$gen")" ] || fail "$target has other shared files than $first"
    for file in shared/$gen/*; do
      diff <(code "$work/$first/$file") <(code "$file") >/dev/null \
        || fail "${file##*/} differs between $first and $target: move what differs to wanted-per-architecture.txt"
    done
  done
  local same
  same=$(awk '/private static final/ { if (!seen[$0]++) n[$5]++ } END { for (k in n) if (n[k] == 1) print k }' \
    "$work"/*/own/$gen/*/Constants.java)
  [ -z "$same" ] || fail "the same everywhere, so they belong into wanted.txt:" $same
  local out="$root/bindings-posix/src/main/java/$gen"
  rm -rf "$out" && mkdir -p "$out"
  cp "$work/$first/shared/$gen/"*.java "$out/"
  for target in "${architectures[@]}"; do cp -r "$work/$target/own/$gen/$target" "$out/"; done
  "$java" "$here/PickArchitecture.java" "$here/posix/wanted-per-architecture.txt" "$out" "${architectures[@]}"
}

windows() {
  echo "regenerate: windows x86_64"
  target="windows x86_64"
  mkdir -p "$work/windows" && cd "$work/windows"
  cp "$here/windows/targets/x86_64.flags" compile_flags.txt
  # jextract takes the width of C's long from the system it believes to run on
  export LIBCLANG_DISABLE_CRASH_RECOVERY=1 JEXTRACT_JAVA_OPTIONS="${JEXTRACT_JAVA_OPTIONS:-} -Dos.name=Windows"
  package "$here/windows/umbrella.h" "$here/windows/wanted.txt" Windows io.chagres.windows.gen out
  local out="$root/bindings-windows/src/main/java/io/chagres/windows/gen"
  rm -rf "$out" && mkdir -p "$out"
  cp out/io/chagres/windows/gen/*.java "$out/"
}

[ $# -gt 0 ] || set -- posix windows
for part in "$@"; do
  case $part in
    posix | windows) "$part" ;;
    *) fail "usage: regenerate.sh [posix] [windows]" ;;
  esac
done
