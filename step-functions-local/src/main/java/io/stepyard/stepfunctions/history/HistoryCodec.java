package io.stepyard.stepfunctions.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Events as bytes: numbers as differences, texts that repeat within one batch (the output of a state is the input of the
 * next) as references.
 */
@SuppressWarnings("EnumOrdinal")
public final class HistoryCodec {
    private static final int REMEMBERED_TEXTS = 64;

    private HistoryCodec() {}

    /** Writes a batch of events. */
    public static void write(ByteWriter out, List<HistoryEvent> events) {
        out.putVar(events.size());
        List<String> texts = new ArrayList<>();
        long millis = 0;
        long id = 0;
        for (HistoryEvent event : events) {
            out.put(event.type().ordinal()).putSigned(event.id() - id).putVar(event.id() - event.previousEventId())
                    .putSigned(event.timestampMillis() - millis);
            millis = event.timestampMillis();
            id = event.id();
            writeDetails(out, event.details(), texts);
        }
    }

    private static void writeDetails(ByteWriter out, EventDetails details, List<String> texts) {
        out.putVar(details.size());
        for (int i = 0; i < details.size(); i++) {
            Detail field = details.field(i);
            out.put(field.ordinal());
            switch (field.kind()) {
                case TEXT -> writeText(out, (String) details.value(i), texts);
                case NUMBER -> out.putSigned((Long) details.value(i));
                case TEXTS -> writeTexts(out, details.texts(field), texts);
            }
        }
    }

    private static void writeTexts(ByteWriter out, Map<String, String> map, List<String> texts) {
        out.putVar(map.size());
        map.forEach((name, value) -> {
            writeText(out, name, texts);
            writeText(out, value, texts);
        });
    }

    @SuppressWarnings("ReferenceEquality")
    private static void writeText(ByteWriter out, String text, List<String> texts) {
        // Identity is enough: the interpreter hands the same text on from state to state.
        for (int i = texts.size() - 1; i >= 0; i--) {
            if (texts.get(i) == text) {
                out.putVar(i + 1L);
                return;
            }
        }
        out.putVar(0).putText(text);
        if (texts.size() < REMEMBERED_TEXTS) {
            texts.add(text);
        }
    }

    /** Reads a batch of events. */
    public static List<HistoryEvent> read(ByteReader in) {
        int count = Math.toIntExact(in.getVar());
        List<HistoryEvent> events = new ArrayList<>(Math.min(count, 1024));
        List<String> texts = new ArrayList<>();
        long millis = 0;
        long id = 0;
        EventType[] types = EventType.values();
        for (int i = 0; i < count; i++) {
            EventType type = types[in.get()];
            id += in.getSigned();
            long previous = id - in.getVar();
            millis += in.getSigned();
            events.add(new HistoryEvent(id, previous, type, millis, readDetails(in, texts)));
        }
        return events;
    }

    private static EventDetails readDetails(ByteReader in, List<String> texts) {
        int count = Math.toIntExact(in.getVar());
        EventDetails.Builder details = EventDetails.builder();
        Detail[] fields = Detail.values();
        for (int i = 0; i < count; i++) {
            Detail field = fields[in.get()];
            details.put(field, switch (field.kind()) {
                case TEXT -> readText(in, texts);
                case NUMBER -> (Object) in.getSigned();
                case TEXTS -> readTexts(in, texts);
            });
        }
        return details.build();
    }

    private static Map<String, String> readTexts(ByteReader in, List<String> texts) {
        int count = Math.toIntExact(in.getVar());
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = readText(in, texts);
            map.put(name, readText(in, texts));
        }
        return map;
    }

    private static String readText(ByteReader in, List<String> texts) {
        int reference = Math.toIntExact(in.getVar());
        if (reference > 0) {
            return texts.get(reference - 1);
        }
        String text = in.getText();
        if (texts.size() < REMEMBERED_TEXTS) {
            texts.add(text);
        }
        return text;
    }
}
