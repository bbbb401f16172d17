#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Shows that every gate of the build stops what it is there to stop: copies the checkout, plants one
# mistake at a time, and wants the build to fail with the name of the right checker in its output.
#   usage: sh verification/planted-mistakes.sh      from anywhere; online if MAVEN_ARGS is "-ntp"
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
log=$work/log

(cd "$root" && git ls-files -z --cached --others --exclude-standard) |
    (cd "$root" && xargs -0 sh -c 'for f; do [ ! -e "$f" ] || printf "%s\0" "$f"; done' sh) |
    tar -C "$root" --null -T - -cf - | (mkdir "$work/copy" && tar -C "$work/copy" -xf -)
cd "$work/copy" || exit 1

# Short runs: no time to optimise in.
export MAVEN_OPTS="${MAVEN_OPTS:-} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"

# Not -q: it hides the warnings that -Werror makes failures of.
build() {
    # shellcheck disable=SC2086
    mvn -B ${MAVEN_ARGS:--o} "$@" >"$log" 2>&1
}

# judge <mvn arguments>...   runs the build on the mistake that is in place
judge() {
    if build "$@"; then
        echo "MISSED  $checker: the build is green"
    elif ! grep -q -e "$says" "$log"; then
        echo "MISSED  $checker: the build fails, but does not say \"$says\":"
        grep -e ERROR "$log" | head -n 5
    else
        echo "caught  $checker: $(grep -m 1 -o -e "$says.*" "$log" | cut -c 1-90)"
    fi
}

# planted <checker> <what its output says (basic regular expression)> <file> <mvn arguments>...
# Reads the file with the mistake from standard input.
planted() {
    checker=$1 says=$2 file=$3
    shift 3
    mkdir -p "$(dirname "$file")"
    cat >"$file"
    judge "$@"
    rm "$file"
}

# altered <checker> <what its output says> <file> <sed expression> <mvn arguments>...
altered() {
    checker=$1 says=$2 file=$3 expression=$4
    shift 4
    cp "$file" "$file.original"
    sed -i "$expression" "$file"
    cmp -s "$file" "$file.original" && echo "MISSED  $checker: nothing to alter in $file"
    judge "$@"
    mv "$file.original" "$file"
}

# Also compiles everything, so that each of the runs below compiles little.
if ! build process-classes; then
    echo "the unmodified copy does not build:"
    grep -e ERROR "$log" | head -n 20
    exit 1
fi

# In two halves at a time, each in a copy of its own.
cp -a "$work/copy" "$work/copy2"

foreign=foreign/src/main/java/io/chagres/foreign
api=java-api/src/main/java/io/chagres
unformatted=-Dspotless.check.skip

in_foreign() {
planted spotless "format violations" $foreign/Planted.java -N validate <<'EOF'
// SPDX-License-Identifier: Apache-2.0
package io.chagres.foreign;
final class Planted {private Planted(){}}
EOF

planted "licence header" "format violations" $foreign/planted/package-info.java -N validate <<'EOF'
/** Planted. */
package io.chagres.foreign.planted;
EOF

planted -Xlint "\[rawtypes\]" $foreign/Planted.java $unformatted process-classes -pl foreign <<'EOF'
package io.chagres.foreign;
final class Planted {
    private Planted() {}
    static int size(java.util.List list) { return list.size(); }
}
EOF

planted "Error Prone" "\[SelfAssignment\]" $foreign/Planted.java $unformatted process-classes -pl foreign <<'EOF'
package io.chagres.foreign;
final class Planted {
    private int size;
    Planted(int length) { this.size = size; }
}
EOF

planted "NullAway, result" "\[NullAway\] returning" $foreign/Planted.java $unformatted process-classes -pl foreign <<'EOF'
package io.chagres.foreign;
final class Planted {
    private Planted() {}
    static String name() { return null; }
}
EOF

planted "NullAway, argument" "\[NullAway\] passing" $foreign/Planted.java $unformatted process-classes -pl foreign <<'EOF'
package io.chagres.foreign;
final class Planted {
    private Planted() {}
    static int length(String s) { return s.length(); }
    static int none() { return length(null); }
}
EOF

planted "NullAway, type argument" "\[NullAway\]" $foreign/Planted.java $unformatted process-classes -pl foreign <<'EOF'
package io.chagres.foreign;
final class Planted {
    private Planted() {}
    static java.util.List<String> names(java.util.List<@org.jspecify.annotations.Nullable String> l) { return l; }
}
EOF

planted "forbidden-apis, locale" "Forbidden method invocation: java.lang.String#toLowerCase" $foreign/Planted.java $unformatted process-classes -pl foreign <<'EOF'
package io.chagres.foreign;
import java.lang.foreign.MemorySegment;
final class Planted {
    private Planted() {}
    @SuppressWarnings("StringCaseLocaleUsage")
    static String lower(MemorySegment s) { return s.toString().toLowerCase(); }
}
EOF

planted "forbidden-apis, ours" "Forbidden method invocation: java.lang.Thread#sleep" $foreign/Planted.java $unformatted process-classes -pl foreign <<'EOF'
package io.chagres.foreign;
final class Planted {
    private Planted() {}
    static void doze() throws InterruptedException { Thread.sleep(1); }
}
EOF
}

in_all() {
planted doclint "no comment" $api/Planted.java $unformatted process-classes -pl java-api -am <<'EOF'
package io.chagres;
/** Planted. */
public final class Planted {
    private Planted() {}
    public static void undocumented() {}
}
EOF

planted ArchUnit "Architecture Violation" $api/Planted.java $unformatted test -pl verification -am \
    -Dtest='LayersTest' -Dsurefire.failIfNoSpecifiedTests=false <<'EOF'
package io.chagres;
import java.lang.foreign.Linker;
final class Planted {
    private Planted() {}
    static boolean links() { return Linker.nativeLinker().defaultLookup().find("getpid").isPresent(); }
}
EOF
}

in_tests() {
altered "ABI probe" "EAGAIN is 11, not 12" bindings-posix/src/main/java/io/chagres/posix/gen/Linux.java \
    's/int EAGAIN = (int)11L/int EAGAIN = (int)12L/' $unformatted test -pl bindings-posix -am \
    -Dtest=AbiProbeTest -Dsurefire.failIfNoSpecifiedTests=false

altered "unused binding" "constant EPERM2" native/jextract/posix/wanted.txt \
    '$aconstant EPERM2' $unformatted test -pl verification -am \
    -Dtest=BindingsUseTest -Dsurefire.failIfNoSpecifiedTests=false
}

(cd "$work/copy2" && log=$work/log2 && in_all && in_tests) >"$work/result2" &
in_foreign | tee "$work/result"
wait
cat "$work/result2"

caught=$(cat "$work/result" "$work/result2" | grep -c "^caught ")
missed=$(cat "$work/result" "$work/result2" | grep -c "^MISSED ")
echo "planted mistakes: $caught caught, $missed missed"
[ "$caught" -eq "$(grep -c -E "^(planted|altered) " "$root/verification/planted-mistakes.sh")" ]
