// SPDX-License-Identifier: Apache-2.0
package io.chagres.sync;

import io.chagres.Access;
import io.chagres.internal.SemaphoreBackend;
import java.util.OptionalInt;

/**
 * A semaphore of this machine, as {@link NamedSemaphore#list} found it.
 *
 * @param name to open it by
 * @param owner the name of the user it belongs to, or the number if the user has no name
 * @param access who may open it
 * @param permits that it has now; empty when this process may not open it
 */
public record NamedSemaphoreEntry(String name, String owner, Access access, OptionalInt permits) {

    static NamedSemaphoreEntry of(SemaphoreBackend.Found found) {
        return new NamedSemaphoreEntry(
                found.name(), found.owner(), found.access(), found.permits());
    }
}
