#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Compiles every peers/*.c and baselines/*.c into target/<classifier>/peers/<name> and so on, if it is
# newer than what is there; and every baselines/jni/*.c into a library beside them, if a JDK is given.
#   usage: sh build.sh <classifier> [<JDK>]      CC=clang sh build.sh linux-x86_64
set -eu
cd "$(dirname "$0")"
classifier=${1:?usage: sh build.sh <classifier> [<JDK>]}
out=target/$classifier
cc=${CC:-cc}

# CC may carry options: only its first word is a command.
if ! command -v "${cc%% *}" >/dev/null 2>&1; then
    echo "$cc not found: install a C compiler (Debian: gcc libc6-dev)" >&2
    exit 1
fi

compiler=$($cc --version | head -n 1)
mkdir -p "$out/baselines"
if [ "$(cat "$out/baselines/compiler.txt" 2>/dev/null)" != "$compiler" ]; then
    find "$out" -type f -delete
fi

# True if $1 is missing or older than one of the others.
stale() {
    output=$1
    shift
    for input in "$@"; do
        [ ! -e "$input" ] || [ "$output" -nt "$input" ] || return 0
    done
    return 1
}

for folder in peers baselines; do
    mkdir -p "$out/$folder"
    for source in "$folder"/*.c; do
        [ -e "$source" ] || continue # no program at all
        program=$out/$folder/$(basename "$source" .c)
        if stale "$program" "$source" "$folder"/*.h build.sh; then
            echo "cc $source"
            # Under another name first: an interrupted compiler leaves nothing that looks finished.
            $cc -std=gnu17 -O2 -Wall -Wextra -Werror -o "$program.$$" "$source" -lrt -lpthread
            mv "$program.$$" "$program"
        fi
    done
done

# What the benchmarks say of them. Programs of another compiler are compiled anew.
echo "$compiler" >"$out/baselines/compiler.txt"

# What has to be compiled and cannot be goes, so that what is there is never older than its source.
jni=${2:-}/include
mkdir -p "$out/baselines/jni"
for source in baselines/jni/*.c; do
    library=$out/baselines/jni/lib$(basename "$source" .c).so
    stale "$library" "$source" build.sh || continue
    rm -f "$library"
    if [ -e "$jni/jni.h" ]; then
        echo "cc $source"
        $cc -std=gnu17 -O2 -Wall -Wextra -Werror -shared -fPIC -I"$jni" -I"$jni/linux" \
            -o "$library.$$" "$source"
        mv "$library.$$" "$library"
    else
        echo "$source left out: no $jni/jni.h"
    fi
done
