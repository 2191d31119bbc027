package io.stepyard.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A function as AWS Lambda calls it. The handlers extend it by naming their composition; nothing else differs from the HTTP service. */
public abstract class LambdaBridge implements RequestHandler<Map<String, Object>, Object> {

    private final JobFunction function;

    protected LambdaBridge(JobFunction function) {
        this.function = function;
    }

    @Override
    public Object handleRequest(Map<String, Object> event, Context context) {
        JsonNode reply = function.handle(Events.MAPPER.valueToTree(event));
        return Events.MAPPER.treeToValue(reply, Object.class);
    }
}
