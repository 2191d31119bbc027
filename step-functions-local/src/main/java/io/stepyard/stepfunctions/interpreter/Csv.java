package io.stepyard.stepfunctions.interpreter;

import java.util.ArrayList;
import java.util.List;

/** CSV with quotes, as RFC 4180 has it. Lines without anything are left out. */
final class Csv {
    private Csv() {}

    static List<List<String>> rows(String text, char delimiter) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (quoted) {
                boolean doubled = unit == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
                if (unit != '"' || doubled) {
                    field.append(unit);
                    i += doubled ? 1 : 0;
                } else {
                    quoted = false;
                }
            } else if (unit == '"' && field.isEmpty()) {
                quoted = true;
            } else if (unit == delimiter) {
                row.add(take(field));
            } else if (unit == '\n') {
                endRow(rows, row, field);
                row = new ArrayList<>();
            } else if (unit != '\r') {
                field.append(unit);
            }
        }
        endRow(rows, row, field);
        return rows;
    }

    private static void endRow(List<List<String>> rows, List<String> row, StringBuilder field) {
        if (!row.isEmpty() || !field.isEmpty()) {
            row.add(take(field));
            rows.add(row);
        }
    }

    private static String take(StringBuilder field) {
        String text = field.toString();
        field.setLength(0);
        return text;
    }
}
