// SPDX-License-Identifier: Apache-2.0

/**
 * Every way that processes on one machine talk to each other, straight from the operating system.
 */
module io.chagres {
    requires jdk.jfr;
    requires static org.jspecify;
    requires static transitive java.rmi;
    requires io.chagres.foreign;
    requires io.chagres.posix;

    exports io.chagres;
    exports io.chagres.event;
    exports io.chagres.mq;
    exports io.chagres.sync;
    exports io.chagres.shm;
    exports io.chagres.pipe;
    exports io.chagres.socket;
    exports io.chagres.rmi;
}
