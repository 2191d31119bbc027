package io.stepyard.simulator;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads logs in the Standard Workload Format of the Parallel Workloads Archive, plain or gzip. */
public final class SwfReader {

    private static final Pattern HEADER = Pattern.compile(";\\s*(\\w+):\\s*(.*)");
    private static final int GZIP_FIRST = 0x1f;
    private static final int FIELDS = 18;
    /** Fields up to the user, counted from 1: the fewest a line can have and still be of use. */
    private static final int NEEDED = 12;

    /** The MetaCentrum form ends in what the user wrote: {@code 1:ppn=64:x86_64:cl_zewura#excl}. */
    private static final Pattern NODES = Pattern.compile("\\s([0-9]{1,4}):ppn=[0-9]");
    private static final Pattern CLUSTER = Pattern.compile("[:\\s]cl_(\\w+)");

    private SwfReader() {}

    /** A log as it stands in the file. */
    record Log(String name, Map<String, String> header, List<SwfLine> lines) {

        /** Processors of the machine, or -1 when the header does not say. */
        long processors() {
            for (String key : List.of("MaxProcs", "MaxNodes")) {
                String value = header.get(key);
                if (value != null && value.matches("[0-9]{1,9}.*")) {
                    return Long.parseLong(value.replaceFirst("[^0-9].*", ""));
                }
            }
            return -1;
        }
    }

    /**
     * @throws InputFault naming file and line when a line is no job
     * @throws IOException when the file cannot be read
     */
    static Log read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        Map<String, String> header = new HashMap<>();
        List<SwfLine> lines = new ArrayList<>();
        int number = 0;
        try (BufferedReader reader = open(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                String text = line.strip();
                if (text.startsWith(";")) {
                    Matcher matcher = HEADER.matcher(text);
                    if (matcher.matches()) {
                        header.putIfAbsent(matcher.group(1), matcher.group(2).strip());
                    }
                } else if (!text.isEmpty()) {
                    lines.add(parse(name, number, text));
                }
            }
        } catch (EOFException | ZipException broken) {
            InputFault fault = InputFault.at(name, number + 1,
                    "expected a whole gzip file, but found it broken: " + broken.getMessage());
            fault.initCause(broken);
            throw fault;
        }
        if (lines.isEmpty()) {
            throw new InputFault(name + ": expected a log with jobs, but found none");
        }
        return new Log(name, header, lines);
    }

    private static BufferedReader open(Path file) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(Files.newInputStream(file));
        int first = bytes.read();
        if (first >= 0) {
            bytes.unread(first);
        }
        InputStream plain = first == GZIP_FIRST ? new GZIPInputStream(bytes, 1 << 16) : bytes;
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.ISO_8859_1), 1 << 16);
    }

    private static SwfLine parse(String file, int lineNumber, String text) {
        long[] fields = new long[FIELDS];
        int count = 0;
        int at = 0;
        while (at < text.length() && count < FIELDS) {
            int end = at;
            while (end < text.length() && text.charAt(end) > ' ') {
                end++;
            }
            fields[count++] = number(file, lineNumber, count, text, at, end);
            at = end;
            while (at < text.length() && text.charAt(at) <= ' ') {
                at++;
            }
        }
        if (count < NEEDED) {
            throw InputFault.at(file, lineNumber,
                    "expected at least " + NEEDED + " fields of the Standard Workload Format, but found " + count);
        }
        Matcher nodes = NODES.matcher(text);
        return new SwfLine(lineNumber, fields[0], fields[1], fields[2], fields[3], fields[4], fields[7], fields[8],
                fields[9], fields[11], nodes.find(at) ? Integer.parseInt(nodes.group(1)) : 0, clusters(text, at));
    }

    private static Set<String> clusters(String text, int from) {
        Set<String> clusters = new TreeSet<>();
        Matcher matcher = CLUSTER.matcher(text);
        for (int at = from; matcher.find(at); at = matcher.end()) {
            clusters.add(matcher.group(1));
        }
        return clusters;
    }

    private static long number(String file, int lineNumber, int field, String text, int from, int to) {
        String word = text.substring(from, to);
        try {
            int dot = word.indexOf('.');
            // Average cpu time (field 6) has decimals in some logs; whole seconds are all that is read elsewhere.
            return dot < 0 ? Long.parseLong(word) : (long) Double.parseDouble(word);
        } catch (NumberFormatException notANumber) {
            if (field > NEEDED) {
                return -1;
            }
            InputFault fault = InputFault.at(file, lineNumber,
                    "expected a number in field " + field + ", but found '" + word + "'");
            fault.initCause(notANumber);
            throw fault;
        }
    }
}
