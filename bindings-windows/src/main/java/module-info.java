// SPDX-License-Identifier: Apache-2.0

/**
 * Win32, one static method for each function.
 *
 * <p>Start {@code java} with {@code --enable-native-access=io.chagres.windows}, or with {@code
 * --enable-native-access=ALL-UNNAMED} where Chagres is on the class path.
 */
module io.chagres.windows {
    requires static org.jspecify;
    requires io.chagres.foreign;

    exports io.chagres.windows;
}
