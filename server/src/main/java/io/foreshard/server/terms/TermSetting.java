package io.foreshard.server.terms;

import io.foreshard.control.InputException;
import io.foreshard.server.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One entry of {@code placement.cost.terms}: an expression, or what is said to a term found on the class path.
 *
 * @param name as in reports
 * @param weight what its cost is multiplied by
 * @param expression the compiled one; empty for a term in Java
 * @param parameters for a term in Java
 * @param place where it was written
 */
public record TermSetting(
        String name, double weight, Optional<CostExpression> expression, Map<String, String> parameters, String place) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    public TermSetting {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Reads the list.
     *
     * @throws InputException when an entry cannot be used, or an expression does not type-check
     */
    public static List<TermSetting> read(Settings cost) {
        List<TermSetting> terms = new ArrayList<>();
        for (Settings entry : cost.sections("terms")) {
            TermSetting term = read(entry, terms);
            terms.add(term);
        }
        return terms;
    }

    private static TermSetting read(Settings entry, List<TermSetting> earlier) {
        String name = entry.requiredText("name");
        if (!NAME.matcher(name).matches()) {
            throw entry.refuse("name", "lower-case letters, digits and underscores, such as rack_licence");
        }
        if (OwnTerms.BUILT_IN.contains(name)
                || earlier.stream().anyMatch(term -> term.name().equals(name))) {
            throw entry.refuse("name", "a name that no other cost term has");
        }
        double weight = entry.number("weight").orElse(1);
        if (weight < 0 || weight > 1e9) {
            throw entry.refuse("weight", "a number from 0 (leave the term out) to 1e9");
        }
        Optional<CostExpression> expression = Optional.empty();
        Map<String, String> parameters = new LinkedHashMap<>();
        if (entry.has("expression")) {
            String per = entry.requiredText("per");
            CostExpression.Per kind = CostExpression.Per.named(per)
                    .orElseThrow(() -> entry.refuse("per", "one of " + CostExpression.Per.names()));
            expression = Optional.of(CostExpression.compile(kind, entry));
        } else {
            Settings section = entry.section("parameters");
            section.names().forEach(key -> parameters.put(key, section.requiredText(key)));
        }
        entry.refuseUnknown();
        return new TermSetting(name, weight, expression, parameters, entry.place("name"));
    }
}
