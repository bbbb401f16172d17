// SPDX-License-Identifier: Apache-2.0
/*
 * The functions of ../calls.c, called through JNI: the native methods of
 * io.chagres.benchmarks.calls.JniCalls.
 */
#include <jni.h>
#include <stdlib.h>
#include <unistd.h>

/* Volatile, so that the C library is called here as it is there. */
static long (*volatile labs_function)(long) = labs;
static pid_t (*volatile getpid_function)(void) = getpid;

JNIEXPORT jlong JNICALL Java_io_chagres_benchmarks_calls_JniCalls_labs(
        JNIEnv *environment, jclass type, jlong value) {
    (void)environment;
    (void)type;
    return labs_function(value);
}

JNIEXPORT jint JNICALL Java_io_chagres_benchmarks_calls_JniCalls_getpid(
        JNIEnv *environment, jclass type) {
    (void)environment;
    (void)type;
    return getpid_function();
}
