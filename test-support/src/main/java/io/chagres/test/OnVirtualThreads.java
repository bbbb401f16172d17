// SPDX-License-Identifier: Apache-2.0
package io.chagres.test;

import java.lang.reflect.Method;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Runs the tests of a class on virtual threads; a {@link Caller} that they start is one too. */
public final class OnVirtualThreads implements InvocationInterceptor {

    /** For JUnit. */
    public OnVirtualThreads() {}

    @Override
    public void interceptTestMethod(
            Invocation<Void> test,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        proceed(test);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> test,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        proceed(test);
    }

    private static void proceed(Invocation<Void> test) throws Throwable {
        FutureTask<Void> task =
                new FutureTask<>(
                        () -> {
                            try {
                                return test.proceed();
                            } catch (Exception | Error e) {
                                throw e;
                            } catch (Throwable t) {
                                throw new AssertionError(t);
                            }
                        });
        Thread.ofVirtual().name("test").start(task);
        try {
            task.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }
}
