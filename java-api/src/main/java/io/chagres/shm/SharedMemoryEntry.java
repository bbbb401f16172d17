// SPDX-License-Identifier: Apache-2.0
package io.chagres.shm;

import io.chagres.Access;

/**
 * A shared memory object of this machine, as {@link SharedMemory#list} found it.
 *
 * @param name to open it by
 * @param owner the name of the user it belongs to, or the number if the user has no name
 * @param access who may open it
 * @param size bytes
 */
public record SharedMemoryEntry(String name, String owner, Access access, long size) {}
