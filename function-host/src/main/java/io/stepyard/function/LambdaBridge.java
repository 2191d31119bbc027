package io.stepyard.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A function as AWS Lambda calls it. The handlers extend it by naming their composition; nothing else differs from the HTTP service. The
 * function is composed at its first call, so that nothing unique is made before a snapshot that many environments start from.
 */
public abstract class LambdaBridge implements RequestHandler<Map<String, Object>, Object> {

    private final Function<FunctionPorts, JobFunction> composition;
    private @Nullable JobFunction function;

    protected LambdaBridge(Function<FunctionPorts, JobFunction> composition) {
        this.composition = composition;
    }

    @Override
    public Object handleRequest(Map<String, Object> event, Context context) {
        JsonNode reply = function().handle(Events.MAPPER.valueToTree(event));
        return Events.MAPPER.treeToValue(reply, Object.class);
    }

    private synchronized JobFunction function() {
        JobFunction ready = function;
        if (ready == null) {
            ready = composition.apply(new FunctionPorts(FunctionSettings.ofEnvironment(System.getenv())));
            function = ready;
        }
        return ready;
    }
}
