package io.foreshard.server.outlook;

import java.util.List;

/**
 * Colours from cold to hot, safe for colour-blind readers because lightness alone tells the order.
 *
 * <p>On light ground ColorBrewer's YlOrRd (Harrower and Brewer, The Cartographic Journal 40, 2003), on dark ground
 * inferno (Smith and van der Walt, matplotlib 2015): cold is near the ground in both.
 */
final class HeatScale {
    static final HeatScale LIGHT = new HeatScale(
            List.of(0xffffcc, 0xffeda0, 0xfed976, 0xfeb24c, 0xfd8d3c, 0xfc4e2a, 0xe31a1c, 0xbd0026, 0x800026));
    static final HeatScale DARK = new HeatScale(List.of(
            0x160b39, 0x420a68, 0x6a176e, 0x932667, 0xbc3754, 0xdd513a, 0xf37819, 0xfca50a, 0xf6d746, 0xfcffa4));

    private final List<Integer> stops;

    private HeatScale(List<Integer> stops) {
        this.stops = stops;
    }

    /** The colours between which it passes evenly, as {@code 0xrrggbb}. */
    List<Integer> stops() {
        return stops;
    }

    /**
     * How hot {@code value} is drawn, 0..1: by its square root, for load is peaks above a low level, whose differences
     * would be lost next to them.
     *
     * @return NaN where there is no value
     */
    static double heat(double value, double hottest) {
        if (Double.isNaN(value)) {
            return Double.NaN;
        }
        return hottest > 0 ? Math.sqrt(Math.max(0, value) / hottest) : 0;
    }

    /** The colour of {@code heat}, 0..1, as {@code 0xrrggbb}; beyond that the nearest end's. */
    int colour(double heat) {
        double position = Math.max(0, Math.min(1, heat)) * (stops.size() - 1);
        int below = Math.min(stops.size() - 2, (int) position);
        double part = position - below;
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = stops.get(below) >> shift & 0xff;
            int to = stops.get(below + 1) >> shift & 0xff;
            colour |= (int) Math.round(from + part * (to - from)) << shift;
        }
        return colour;
    }

    /** The nearest of the 216 colours that terminals with 256 have at fixed numbers. */
    int terminalColour(double heat) {
        int colour = colour(heat);
        int number = 16;
        int weight = 36;
        for (int shift = 16; shift >= 0; shift -= 8) {
            number += weight * level(colour >> shift & 0xff);
            weight /= 6;
        }
        return number;
    }

    /** Of the levels 0, 95, 135, 175, 215, 255 the nearest. */
    private static int level(int part) {
        return part < 48 ? 0 : part < 115 ? 1 : (part - 35) / 40;
    }
}
