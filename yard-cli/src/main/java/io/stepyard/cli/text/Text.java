package io.stepyard.cli.text;

/** Text of others on a terminal. */
public final class Text {

    private Text() {}

    /** The same text, control characters shown and not obeyed: a job's output must not move the cursor of whoever reads it. */
    public static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(letter -> {
            if (letter == '\n' || letter == '\t' || !Character.isISOControl(letter)) {
                shown.appendCodePoint(letter);
            } else {
                shown.append(String.format("\\x%02x", letter));
            }
        });
        return shown.toString();
    }
}
