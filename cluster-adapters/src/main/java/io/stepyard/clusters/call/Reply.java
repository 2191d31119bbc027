package io.stepyard.clusters.call;

import java.nio.charset.StandardCharsets;

/** An HTTP answer as it came, before anybody believed it. */
public final class Reply {

    private final int status;
    private final byte[] body;

    public Reply(int status, byte[] body) {
        this.status = status;
        this.body = body.clone();
    }

    public static Reply of(int status, String body) {
        return new Reply(status, body.getBytes(StandardCharsets.UTF_8));
    }

    public int status() {
        return status;
    }

    public byte[] bytes() {
        return body.clone();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
