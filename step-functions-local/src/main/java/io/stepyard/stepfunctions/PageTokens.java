package io.stepyard.stepfunctions;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The nextToken of paged lists: a number that only looks opaque. */
public final class PageTokens {
    private PageTokens() {}

    /** The token for a place. */
    public static String make(long place) {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(("p" + place).getBytes(StandardCharsets.UTF_8));
    }

    /** The place of a token; refuses with InvalidToken what never was one. */
    public static long read(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith("p")) {
                return Long.parseLong(text.substring(1));
            }
        } catch (IllegalArgumentException malformed) {
            throw invalid();
        }
        throw invalid();
    }

    private static StepFunctionsException invalid() {
        return new StepFunctionsException(ErrorCode.InvalidToken, "Invalid Token: 'Invalid token'");
    }
}
