package io.stepyard.stepfunctions.language;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JFunctionCallable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The functions that Step Functions adds to JSONata, and those that must follow the engine's clock and randomness. */
final class JsonataFunctions {
    private JsonataFunctions() {}

    static void bind(Jsonata.Frame frame, JsonataScope scope) {
        RandomGenerator random = scope.random();
        put(frame, "partition", args -> intrinsic(IntrinsicFunction.ARRAY_PARTITION, args, random));
        put(frame, "range", args -> collapsed(intrinsic(IntrinsicFunction.ARRAY_RANGE, args, random)));
        put(frame, "hash", args -> intrinsic(IntrinsicFunction.HASH, args, random));
        put(frame, "uuid", args -> Uuids.random(random));
        put(frame, "random", args -> args.isEmpty() || !(args.getFirst() instanceof Number seed)
                ? random.nextDouble()
                : new Random(seed.longValue()).nextDouble());
        put(frame, "parse", JsonataFunctions::parse);
        put(frame, "millis", args -> scope.nowMillis());
        put(frame, "now", args -> now(args, scope));
        put(frame, "eval", args -> {
            throw new JException("The function eval is not supported", 0);
        });
    }

    /** A function on its arguments. */
    private interface Body {
        @Nullable
        Object call(List<?> arguments);
    }

    private static void put(Jsonata.Frame frame, String name, Body body) {
        JFunctionCallable callable = (input, args) -> body.call(args == null ? List.of() : args);
        frame.bind(name, new JFunction(callable, null));
    }

    private static @Nullable Object intrinsic(IntrinsicFunction function, List<?> arguments, RandomGenerator random) {
        List<JsonNode> values = new ArrayList<>();
        for (Object argument : arguments) {
            JsonNode value = JsonataValues.toJson(argument);
            if (value != null) {
                values.add(value);
            }
        }
        if (!function.takes(values.size())) {
            throw new JException("T0410", 0, values.size() + 1, function);
        }
        try {
            return JsonataValues.fromJson(function.apply(values, random));
        } catch (IllegalArgumentException refused) {
            throw new JException(refused, String.valueOf(refused.getMessage()), 0, null, null);
        }
    }

    /** A range is a sequence: one of a single value is that value. */
    private static @Nullable Object collapsed(@Nullable Object value) {
        return value instanceof List<?> list && list.size() == 1 ? list.getFirst() : value;
    }

    private static @Nullable Object parse(List<?> arguments) {
        Object text = arguments.isEmpty() ? null : arguments.getFirst();
        if (text == null) {
            return null;
        }
        JsonNode value = Json.parseOrNull(text.toString());
        if (value == null) {
            throw new JException("The argument of function parse is no JSON text", 0);
        }
        return JsonataValues.fromJson(value);
    }

    private static Object now(List<?> arguments, JsonataScope scope) {
        String picture = text(arguments, 0);
        String zone = text(arguments, 1);
        return picture == null && zone == null
                ? Timestamps.text(scope.nowMillis())
                : com.dashjoin.jsonata.Functions.dateTimeFromMillis(scope.nowMillis(), picture, zone);
    }

    private static @Nullable String text(List<?> arguments, int place) {
        return arguments.size() > place && arguments.get(place) instanceof String text ? text : null;
    }
}
