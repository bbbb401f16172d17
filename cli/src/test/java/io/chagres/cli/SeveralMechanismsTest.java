// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Mechanism;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code ls} and {@code rm} with mechanisms of the test's own. */
@Tag("native")
class SeveralMechanismsTest {

    private static final String ID = Mechanism.POSIX_MQ.id();

    private static CommandRun ls(List<NamedObjects> all, String... args) {
        return CommandRun.of(new CommandLine(new LsCommand(all)), args);
    }

    private static CommandRun rm(List<NamedObjects> all, String... args) {
        return CommandRun.of(new CommandLine(new RmCommand(all)), args);
    }

    @Test
    void oneThatCannotBeListedDoesNotHideTheOthers() {
        CommandRun run = ls(List.of(new Denied(), new OneObject()));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).containsExactly("chagres ls: posix-mq: not for you");
        assertThat(run.out().lines())
                .containsExactly(
                        "mechanism  name  owner  access  details",
                        "posix-mq   /a    me     0600    3 of 4, 2 waits");
    }

    @Test
    void eachAddsItsOwnFieldsToTheJson() {
        CommandRun run = ls(List.of(new OneObject()), "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .isEqualToNormalizingNewlines(
                        """
                        [ {
                          "mechanism" : "posix-mq",
                          "name" : "/a",
                          "owner" : "me",
                          "access" : "0600",
                          "value" : 3
                        } ]
                        """);
    }

    @Test
    void namesWithoutAListAreRemovedAndNotListed() {
        OnlyNames names = new OnlyNames();
        assertThat(ls(List.of(names)).exitCode()).isZero();
        CommandRun refused = ls(List.of(names), "--mechanism", ID);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("posix-mq cannot be listed; one of: ");
        assertThat(rm(List.of(names), "a", "b").exitCode()).isZero();
        assertThat(names.removed).containsExactly("a", "b");
    }

    @Test
    void aMechanismWithoutNamesIsRefusedByRm() {
        CommandRun refused = rm(List.of(), "--mechanism", ID, "a");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("posix-mq has no names; one of: ");
        CommandRun unknown = rm(List.of(new OnlyNames()), "--mechanism", "nonsense", "a");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("unknown mechanism 'nonsense'; one of: posix-mq");
    }

    private static class OnlyNames implements NamedObjects {
        private final List<String> removed = new ArrayList<>();

        @Override
        public Mechanism mechanism() {
            return Mechanism.POSIX_MQ;
        }

        @Override
        public void remove(String name) {
            removed.add(name);
        }
    }

    private static final class OneObject extends OnlyNames implements ListedObjects {
        @Override
        public List<NamedObject> list() {
            Map<String, Integer> fields = Map.of("value", 3);
            return List.of(new NamedObject(ID, "/a", "me", "0600", "3 of 4, 2 waits", fields));
        }
    }

    private static final class Denied extends OnlyNames implements ListedObjects {
        @Override
        public List<NamedObject> list() throws IOException {
            throw new IOException("not for you");
        }
    }
}
