package io.stepyard.scheduler;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code aged(36h)+priority+fair(0.5)+lxf}: what stands left changes what stands right of it. */
final class OrderParser {

    private static final Pattern WORD = Pattern.compile("([a-z0-9-]+)(?:\\(([0-9.]+)([hd]?)\\))?");

    private OrderParser() {}

    static QueueOrder parse(String text) {
        int plus = text.indexOf('+');
        String word = (plus < 0 ? text : text.substring(0, plus)).strip().toLowerCase(Locale.ROOT);
        Matcher matcher = WORD.matcher(word);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Expected a queue order such as aged(36h)+priority+lxf, but found '"
                    + text + "'");
        }
        String name = matcher.group(1);
        if (plus < 0) {
            return base(name, matcher);
        }
        QueueOrder rest = parse(text.substring(plus + 1));
        return switch (name) {
            case "aged" -> Orders.aged(age(matcher), rest);
            case "priority" -> Orders.priority(rest);
            case "fair" -> Orders.fair(number(matcher, Policies.DEFAULT_FAIRNESS), rest);
            default -> throw new IllegalArgumentException(
                    "Expected aged, priority or fair before '+', but found '" + name + "'");
        };
    }

    private static QueueOrder base(String name, Matcher matcher) {
        return switch (name) {
            case "source" -> Orders.source();
            case "least-used" -> Orders.leastUsed();
            case "growing" -> Orders.growing(number(matcher, 1));
            default -> Orders.named(name);
        };
    }

    private static double number(Matcher matcher, double otherwise) {
        return matcher.group(2) == null ? otherwise : Double.parseDouble(matcher.group(2));
    }

    private static Duration age(Matcher matcher) {
        if (matcher.group(2) == null) {
            return Policies.DEFAULT_AGE;
        }
        double hours = Double.parseDouble(matcher.group(2)) * ("d".equals(matcher.group(3)) ? 24 : 1);
        return Duration.ofSeconds(Math.round(hours * 3600));
    }
}
