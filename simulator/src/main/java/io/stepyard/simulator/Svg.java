package io.stepyard.simulator;

import java.util.List;
import java.util.Locale;

/** A drawing with two axes: lines, boxes and words in the coordinates of the data. */
final class Svg {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 380;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 64;
    private static final int BOTTOM = 48;
    private static final int TICKS = 5;
    /** Told apart by colour-blind eyes too (Okabe and Ito). */
    private static final List<String> COLOURS = List.of("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9",
            "#E69F00", "#000000");

    private final StringBuilder body = new StringBuilder();
    private final double mostX;
    private final double mostY;
    private int named;

    Svg(String title, String xName, String yName, double mostX, double mostY) {
        this.mostX = mostX > 0 ? mostX : 1;
        this.mostY = mostY > 0 ? mostY : 1;
        text(WIDTH / 2.0, 22, "middle", 15, title);
        text(WIDTH / 2.0, HEIGHT - 8, "middle", 12, xName);
        text(8, TOP - 12, "start", 12, yName);
        for (int tick = 0; tick <= TICKS; tick++) {
            double x = this.mostX * tick / TICKS;
            double y = this.mostY * tick / TICKS;
            body.append(String.format(Locale.ROOT,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>%n", LEFT, y(y), WIDTH - RIGHT,
                    y(y)));
            text(LEFT - 6, y(y) + 4, "end", 11, number(y));
            text(x(x), HEIGHT - BOTTOM + 16, "middle", 11, number(x));
        }
    }

    static String colour(int index) {
        return COLOURS.get(index % COLOURS.size());
    }

    void line(int colour, List<Double> xs, List<Double> ys) {
        StringBuilder points = new StringBuilder();
        for (int index = 0; index < xs.size(); index++) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(xs.get(index)), y(ys.get(index))));
        }
        body.append("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"").append(colour(colour))
                .append("\" points=\"").append(points).append("\"/>\n");
    }

    void box(int colour, double fromX, double toX, double fromY, double toY, String title) {
        body.append(String.format(Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" fill-opacity=\"0.7\" "
                        + "stroke=\"#fff\" stroke-width=\"0.5\"><title>%s</title></rect>%n",
                x(fromX), y(toY), Math.max(0.5, x(toX) - x(fromX)), Math.max(0.5, y(fromY) - y(toY)), colour(colour),
                escape(title)));
    }

    void name(int colour, String words) {
        double at = LEFT + 150.0 * (named % 5);
        int row = 36 + 14 * (named / 5);
        body.append(String.format(Locale.ROOT, "<rect x=\"%.1f\" y=\"%d\" width=\"10\" height=\"10\" fill=\"%s\"/>%n",
                at, row, colour(colour)));
        text(at + 14, row + 9.0, "start", 11, words.length() > 20 ? words.substring(0, 19) + "…" : words);
        named++;
    }

    private void text(double x, double y, String anchor, int size, String words) {
        body.append(String.format(Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\">%s</text>%n", x, y, anchor, size,
                escape(words)));
    }

    private double x(double value) {
        return LEFT + value / mostX * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - value / mostY * (HEIGHT - TOP - BOTTOM);
    }

    private static String number(double value) {
        if (value == Math.rint(value) || value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 1 ? "%.1f" : "%.2f", value);
    }

    private static String escape(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                + "font-family=\"sans-serif\" fill=\"#222\"><rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n%s</svg>%n",
                WIDTH, HEIGHT, WIDTH, HEIGHT, body);
    }
}
