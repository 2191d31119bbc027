package io.stepyard.stepfunctions.function;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Functions by name. A call may name one by its plain name, {@code name:alias}, a partial ARN ({@code account:function:name})
 * or a full ARN; an entry for {@code name:alias} comes before one for {@code name}. Safe for use by many threads.
 */
public final class FunctionRegistry {
    private static final String MARK = "function:";
    private final Map<String, LambdaFunction> functions = new ConcurrentHashMap<>();
    private volatile Function<String, @Nullable LambdaFunction> others = name -> null;

    /** Adds or replaces a function; answers this registry. */
    public FunctionRegistry register(String name, LambdaFunction function) {
        functions.put(plainName(name), function);
        return this;
    }

    /** Where functions come from that are not registered, by plain name with alias or version; null where there is none. */
    public FunctionRegistry otherwise(Function<String, @Nullable LambdaFunction> source) {
        others = source;
        return this;
    }

    /** The function a call names, or null. */
    public @Nullable LambdaFunction find(String nameOrArn) {
        String name = plainName(nameOrArn);
        LambdaFunction exact = functions.get(name);
        int colon = name.indexOf(':');
        LambdaFunction found = exact != null || colon < 0 ? exact : functions.get(name.substring(0, colon));
        return found != null ? found : others.apply(name);
    }

    /** The name with its alias or version, without what comes before it in an ARN. */
    public static String plainName(String nameOrArn) {
        int mark = nameOrArn.lastIndexOf(MARK);
        return mark < 0 ? nameOrArn : nameOrArn.substring(mark + MARK.length());
    }
}
