// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import java.math.BigDecimal;
import java.util.Locale;

/** Every number of the document is written here. units.js writes them alike for the page. */
final class Units {

    /** Where there is no number. */
    static final String NONE = "–";

    private static final Unit[] TIMES = {
        new Unit(1e9, "s"), new Unit(1e6, "ms"), new Unit(1e3, "us"), new Unit(1, "ns")
    };
    private static final Unit[] COUNTS = {
        new Unit(1e9, "G/s"), new Unit(1e6, "M/s"), new Unit(1e3, "k/s"), new Unit(1, "/s")
    };
    private static final Unit[] BYTES = {
        new Unit(1 << 30, "GiB"),
        new Unit(1 << 20, "MiB"),
        new Unit(1 << 10, "KiB"),
        new Unit(1, "B")
    };

    /** So that 999.9 ns is 1 us and not 1000 ns. */
    private static final double NEARLY = 0.9995;

    private static final int HOUR = 3600;
    private static final int MINUTE = 60;

    private Units() {}

    private record Unit(double factor, String name) {}

    static String time(long nanos) {
        return time((double) nanos);
    }

    static String time(double nanos) {
        return scaled(nanos, TIMES, "");
    }

    static String rate(double perSecond) {
        return scaled(perSecond, COUNTS, "");
    }

    static String byteRate(double perSecond) {
        return scaled(perSecond, BYTES, "/s");
    }

    static String bytes(double count) {
        return scaled(count, BYTES, "");
    }

    static String ratio(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        return decimals(value, value >= 99.95 ? 0 : value >= 9.9995 ? 1 : 3);
    }

    static String target(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    static String share(double value) {
        return Double.isFinite(value) ? decimals(100 * value, 1) + " %" : NONE;
    }

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    static String duration(long seconds) {
        if (seconds >= HOUR) {
            return seconds / HOUR + " h " + seconds % HOUR / MINUTE + " min";
        }
        return seconds >= MINUTE
                ? seconds / MINUTE + " min " + seconds % MINUTE + " s"
                : seconds + " s";
    }

    private static String scaled(double value, Unit[] units, String suffix) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        Unit unit = units[units.length - 1];
        for (int i = units.length - 1; i >= 0; i--) {
            if (Math.abs(value) >= units[i].factor() * NEARLY) {
                unit = units[i];
            }
        }
        return digits(value / unit.factor()) + " " + unit.name() + suffix;
    }

    private static String digits(double value) {
        if (value == Math.rint(value)) {
            return count((long) value);
        }
        double size = Math.abs(value);
        return decimals(value, size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2);
    }

    private static String decimals(double value, int places) {
        return String.format(Locale.ROOT, "%,." + places + "f", value);
    }
}
