// SPDX-License-Identifier: Apache-2.0
package io.chagres.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The test proves these behaviours of the list in {@code verification/conformance}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Conforms {

    /** Area and id, such as {@code mq_open/13}. */
    String[] value();
}
