// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.Linux;

/** {@code limits.h}: what no call tells. */
public final class Limits {

    /** Bytes that a write to a pipe puts there in one piece. */
    public static final int PIPE_BUF = Linux.PIPE_BUF();

    /** Bytes of a file name. */
    public static final int NAME_MAX = Linux.NAME_MAX();

    /** Bytes of a path, with its NUL. */
    public static final int PATH_MAX = Linux.PATH_MAX();

    private Limits() {}
}
