// SPDX-License-Identifier: Apache-2.0

/**
 * POSIX and Linux, one static method for each C function.
 *
 * <p>Start {@code java} with {@code --enable-native-access=io.chagres.posix}, or with {@code
 * --enable-native-access=ALL-UNNAMED} where Chagres is on the class path.
 */
module io.chagres.posix {
    requires static org.jspecify;
    requires io.chagres.foreign;

    exports io.chagres.posix;
}
