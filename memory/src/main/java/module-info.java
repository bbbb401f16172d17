// SPDX-License-Identifier: Apache-2.0

/** Native memory that a thread borrows for the length of one call. Of use to Chagres alone. */
@SuppressWarnings("module") // the three are compiled after this one
module io.chagres.memory {
    requires static transitive org.jspecify;

    exports io.chagres.memory to
            io.chagres,
            io.chagres.posix,
            io.chagres.windows;
}
