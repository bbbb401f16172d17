// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Map;

/**
 * What {@code ls} shows of an object.
 *
 * @param mechanism its id
 * @param name that {@code rm} takes
 * @param owner the name of the user it belongs to
 * @param access who may open it, such as {@code 0600}
 * @param details what else a reader should know; the last column of the table
 * @param fields what else the JSON has, by name and in this order
 */
record NamedObject(
        String mechanism,
        String name,
        String owner,
        String access,
        @JsonIgnore String details,
        @JsonAnyGetter Map<String, ?> fields) {}
