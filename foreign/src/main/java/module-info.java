// SPDX-License-Identifier: Apache-2.0

/** What the bindings of every platform share. Of use to Chagres alone. */
@SuppressWarnings("module") // the three are compiled after this one
module io.chagres.foreign {
    requires static org.jspecify;

    exports io.chagres.foreign to
            io.chagres,
            io.chagres.posix,
            io.chagres.windows;
}
