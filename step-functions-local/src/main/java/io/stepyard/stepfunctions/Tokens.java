package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.history.ByteReader;
import io.stepyard.stepfunctions.history.ByteWriter;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Task tokens: the execution's number and the event that scheduled the task, signed with a key that lives in the journal.
 * Nothing has to be remembered for a token to be recognised, also after a restart.
 */
final class Tokens {
    private static final int VERSION = 1;
    private static final int SIGNATURE_BYTES = 16;
    private static final int MAX_CHARS = 2_048;

    private final SecretKeySpec key;

    /** What a token names. */
    record Task(long executionNumber, long scheduledEventId) {}

    Tokens(byte[] secret) {
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    String make(long executionNumber, long scheduledEventId) {
        byte[] body = new ByteWriter(16).put(VERSION).putVar(executionNumber).putVar(scheduledEventId).toByteArray();
        byte[] whole = Arrays.copyOf(body, body.length + SIGNATURE_BYTES);
        System.arraycopy(sign(body), 0, whole, body.length, SIGNATURE_BYTES);
        return Base64.getEncoder().withoutPadding().encodeToString(whole);
    }

    /** What the token names, or null for one of another engine; refuses with InvalidToken what is no token at all. */
    @Nullable
    Task read(String token) {
        if (token.isEmpty() || token.length() > MAX_CHARS) {
            throw invalid();
        }
        try {
            byte[] whole = Base64.getDecoder().decode(token);
            // One text for one token: what decodes to the same bytes is another text.
            boolean canonical = Base64.getEncoder().withoutPadding().encodeToString(whole).equals(token);
            if (!canonical || whole.length <= SIGNATURE_BYTES || whole[0] != VERSION) {
                throw invalid();
            }
            byte[] body = Arrays.copyOf(whole, whole.length - SIGNATURE_BYTES);
            ByteReader in = new ByteReader(body);
            in.get();
            Task task = new Task(in.getVar(), in.getVar());
            byte[] signature = Arrays.copyOfRange(whole, body.length, whole.length);
            return MessageDigest.isEqual(signature, sign(body)) && !in.hasMore() ? task : null;
        } catch (IllegalArgumentException | IllegalStateException malformed) {
            throw invalid();
        }
    }

    private static StepFunctionsException invalid() {
        return new StepFunctionsException(ErrorCode.InvalidToken, "Invalid Token: 'Invalid token'");
    }

    private byte[] sign(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(body), SIGNATURE_BYTES);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("this Java cannot sign", absent);
        }
    }
}
