package io.stepyard.adapter;

import io.stepyard.function.LambdaBridge;

/** The cluster adapter function as AWS Lambda starts it. */
public final class AdapterHandler extends LambdaBridge {

    public AdapterHandler() {
        super(AdapterComposition::compose);
    }
}
