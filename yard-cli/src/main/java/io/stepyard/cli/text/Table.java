package io.stepyard.cli.text;

import java.util.ArrayList;
import java.util.List;

/** A table in plain text: columns as wide as their widest cell, the last one as long as it likes. */
public final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();

    /** @param headings column names; one that starts with {@code >} is aligned to the right */
    public Table(String... headings) {
        List<String> names = new ArrayList<>();
        for (String heading : headings) {
            right.add(heading.startsWith(">"));
            names.add(heading.startsWith(">") ? heading.substring(1) : heading);
        }
        rows.add(names);
    }

    public void row(String... cells) {
        if (cells.length != right.size()) {
            throw new IllegalArgumentException("Expected " + right.size() + " cells, but found " + cells.length);
        }
        rows.add(List.of(cells));
    }

    public boolean isEmpty() {
        return rows.size() == 1;
    }

    /** The lines, headings first, none longer than {@code maxWidth}; 0 means no limit. */
    public List<String> lines(int maxWidth) {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            String line = line(row, widths);
            lines.add(maxWidth > 0 && line.length() > maxWidth ? line.substring(0, maxWidth - 1) + "…" : line);
        }
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[right.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return widths;
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String padding = " ".repeat(widths[column] - row.get(column).length());
            line.append(column == 0 ? "" : GAP).append(right.get(column)
                    ? padding + row.get(column)
                    : row.get(column) + padding);
        }
        return line.toString().stripTrailing();
    }
}
