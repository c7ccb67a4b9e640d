package io.foreshard.server.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Optional;

/** The first group of a pattern (the whole match when it has none), looked for in the key. */
final class PatternDerivation implements Derivation {
    private final Pattern pattern;

    PatternDerivation(Pattern pattern) {
        this.pattern = pattern;
    }

    @Override
    public Optional<String> derive(Subject subject) {
        Matcher matcher = pattern.matcher(subject.key());
        if (!matcher.find()) {
            return Optional.empty();
        }
        return Optional.ofNullable(matcher.group(Math.min(1, matcher.groupCount())));
    }

    @Override
    public boolean looksAtKeyOnly() {
        return true;
    }
}
