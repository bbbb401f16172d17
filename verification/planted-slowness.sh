#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Shows that ./chagres bench notices when one path gets a fifth slower: copies the checkout, measures FIFOs, lets
# every write wait for a tenth of a round trip, of which each has two, and wants the verdict "missed".
#   usage: sh verification/planted-slowness.sh      from anywhere
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
mkdir "$work/copy"
(cd "$root" && git ls-files -z --cached --others --exclude-standard) |
    (cd "$root" && xargs -0 sh -c 'for f; do [ ! -e "$f" ] || printf "%s\0" "$f"; done' sh) |
    tar -C "$root" --null -T - -cf - | tar -C "$work/copy" -xf -
cd "$work/copy"

bench() { ./chagres bench --quick --mechanism fifo --contender chagres,c-threaded --rounds 41 --json "$work/out.json" >"$work/out"; }

# The row of the verdict that is meant.
row() { grep -E "fifo +chagres / c-threaded +same +64 +roundTrip" "$work/out"; }

bench
before=$(row)
p50=$(tr -d ' \n' <"$work/out.json" | sed -n 's/.*"contender":"chagres",[^}]*"p50":\([0-9]*\).*/\1/p')

sink=java-api/src/main/java/io/chagres/internal/posix/PosixByteSink.java
sed -i "s/^        BlockingCall call = BlockingCall.enter(descriptor, WRITE/\
        for (long end = System.nanoTime() + $((p50 / 10)); System.nanoTime() < end; ) Thread.onSpinWait();\n&/" "$sink"
grep -q "onSpinWait" "$sink" || { echo "MISSED  nothing to alter in $sink"; exit 1; }
bench
after=$(row)

echo "before:   $before"
echo "slowed:   $after"
case $after in
*missed) echo "caught  a path that is a fifth slower" ;;
*) echo "MISSED  a path that is a fifth slower"; exit 1 ;;
esac
