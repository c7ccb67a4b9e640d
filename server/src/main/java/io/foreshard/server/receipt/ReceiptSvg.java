package io.foreshard.server.receipt;

import io.foreshard.simulator.receipt.PolicyReceipt;
import io.foreshard.simulator.receipt.Receipt;

/** A receipt as one picture: the load of every node under each policy, against the capacity of a node. */
public final class ReceiptSvg {
    private static final int WIDTH = 920;
    private static final int LEFT = 150;
    private static final int PANEL = 120;
    private static final int GAP = 22;
    private static final int TOP = 12;
    private static final String STYLE =
            "text{font:14px system-ui,sans-serif;fill:#1c2024}.soft{fill:#5c656e;font-size:12px}"
                    + ".big{font-size:26px;font-weight:700;fill:#d1242f}.none{fill:#12805c}.panel{fill:#f6f7f9}"
                    + ".line{fill:none;stroke:currentColor;stroke-width:1.3;vector-effect:non-scaling-stroke;stroke-linejoin:round}"
                    + ".capacity{color:#1c2024;stroke-dasharray:5 4}.c0{color:#2f6fde}.c1{color:#c96a00}.c2{color:#12875e}"
                    + ".c3{color:#b5479b}.c4{color:#0b8aa0}.c5{color:#8a7a00}.c6{color:#6b56d6}.c7{color:#8c5a3c}"
                    + "@media(prefers-color-scheme:dark){text{fill:#e6e9ec}.soft{fill:#9aa4ae}.big{fill:#ff6b6b}.none{fill:#4cc79a}"
                    + ".panel{fill:#1d2125}.capacity{color:#e6e9ec}.c0{color:#7aa7ff}.c1{color:#ffab52}.c2{color:#4cc79a}"
                    + ".c3{color:#e58fd0}.c4{color:#4fc3d9}.c5{color:#d1c04a}.c6{color:#a899ff}.c7{color:#c99a7c}}";

    private ReceiptSvg() {}

    /** The picture; it follows the reader's light or dark colours. */
    public static String render(Receipt receipt) {
        int height = TOP + receipt.policies().size() * (PANEL + GAP) + 14;
        double highest = Loads.highest(receipt) * 1.05;
        StringBuilder out = new StringBuilder();
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(height);
        out.append("\" role=\"img\"><title>Load of every node: ")
                .append(Markup.escape(receipt.workload().description()));
        out.append("</title><style>").append(STYLE).append("</style>\n");
        int y = TOP;
        for (PolicyReceipt policy : receipt.policies()) {
            panel(receipt, policy, highest, y, out);
            y += PANEL + GAP;
        }
        out.append("<text class=\"soft\" x=\"")
                .append(LEFT)
                .append("\" y=\"")
                .append(y)
                .append("\">operations/s per node, ");
        out.append(Figures.moment(receipt.workload().measuredFromMillis())).append(" to ");
        out.append(Figures.moment(receipt.workload().untilMillis()))
                .append(" UTC; dashed: a node's capacity</text></svg>\n");
        return out.toString();
    }

    private static void panel(Receipt receipt, PolicyReceipt policy, double highest, int y, StringBuilder out) {
        long overloaded = policy.service().overloadedNodeMinutes();
        out.append("<text x=\"0\" y=\"")
                .append(y + 26)
                .append("\">")
                .append(Markup.escape(policy.policy()))
                .append("</text>");
        out.append("<text class=\"big")
                .append(overloaded == 0 ? " none" : "")
                .append("\" x=\"0\" y=\"")
                .append(y + 62);
        out.append("\">").append(Figures.count(overloaded)).append("</text><text class=\"soft\" x=\"0\" y=\"");
        out.append(y + 82)
                .append("\">overloaded</text><text class=\"soft\" x=\"0\" y=\"")
                .append(y + 97);
        out.append("\">node-minutes</text>");
        out.append("<rect class=\"panel\" x=\"")
                .append(LEFT)
                .append("\" y=\"")
                .append(y)
                .append("\" width=\"");
        out.append(WIDTH - LEFT).append("\" height=\"").append(PANEL).append("\"/>");
        out.append("<g transform=\"translate(")
                .append(LEFT)
                .append(' ')
                .append(y)
                .append(") scale(");
        out.append(Markup.coordinate((WIDTH - LEFT) / 1000.0)).append(' ').append(Markup.coordinate(PANEL / 100.0));
        out.append(")\">").append(Loads.plot(receipt, policy, highest).shapes()).append("</g>\n");
    }
}
