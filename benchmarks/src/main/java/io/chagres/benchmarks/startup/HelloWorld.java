// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.startup;

/** The least a JVM can do. */
final class HelloWorld {

    private HelloWorld() {}

    public static void main(String[] args) {
        System.out.println("hello");
    }
}
