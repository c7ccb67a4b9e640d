package io.foreshard.server.terms;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.core.placement.CostTermFactory;
import io.foreshard.core.placement.OwnTerm;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** Brings together the cost terms that the configuration writes as expressions and those in Java on a class path. */
public final class OwnTerms {
    /** The names of the terms that every placement has. */
    static final Set<String> BUILT_IN = Set.of(
            "overload",
            "evenness",
            "transfer",
            "client_distance",
            "lineage",
            "nodes_in_use",
            "drain",
            "misplaced",
            "churn",
            "moves");

    private OwnTerms() {}

    /**
     * The terms of the settings and of the jars; one in Java takes part with weight 1 unless a setting of its name says
     * otherwise.
     *
     * @param classPath jars and directories, in addition to what the process was started with
     * @param timeout how long the expressions may be evaluated altogether
     * @throws InputException when a setting has no term, or a term cannot be loaded
     */
    public static List<OwnTerm> of(
            List<TermSetting> settings, List<Path> classPath, Duration timeout, InstantSource clock) {
        Map<String, CostTermFactory> found = found(loader(classPath));
        List<OwnTerm> terms = new ArrayList<>();
        for (TermSetting setting : settings) {
            Optional<CostExpression> expression = setting.expression();
            CostTermFactory factory = expression.isPresent()
                    ? new ExpressionTerm(setting.name(), expression.get(), timeout, clock)
                    : found.remove(setting.name());
            if (factory == null) {
                throw new InputException(
                        ErrorCode.SETTING,
                        "cost term " + setting.name() + " (" + setting.place() + ") has no expression, and no class of"
                                + " that name is on the class path (" + (found.isEmpty() ? "none is" : found.keySet())
                                + "): add an expression, or its jar with --class-path");
            }
            terms.add(new OwnTerm(factory, setting.weight(), setting.parameters()));
        }
        found.values().forEach(factory -> terms.add(new OwnTerm(factory, 1, Map.of())));
        return terms;
    }

    private static ClassLoader loader(List<Path> classPath) {
        ClassLoader parent = OwnTerms.class.getClassLoader();
        List<URL> urls = new ArrayList<>();
        for (Path entry : classPath) {
            if (!Files.exists(entry)) {
                throw new InputException(
                        ErrorCode.FILE, "there is no " + entry + ", which --class-path names: check the path");
            }
            try {
                urls.add(entry.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new InputException(ErrorCode.FILE, "--class-path " + entry + ": " + e.getMessage(), e);
            }
        }
        // Classes are loaded for as long as the process runs, so the loader is never closed.
        return urls.isEmpty() ? parent : new URLClassLoader(urls.toArray(URL[]::new), parent);
    }

    private static Map<String, CostTermFactory> found(ClassLoader loader) {
        Map<String, CostTermFactory> found = new TreeMap<>();
        Iterator<CostTermFactory> factories =
                ServiceLoader.load(CostTermFactory.class, loader).iterator();
        try {
            while (factories.hasNext()) {
                CostTermFactory factory = factories.next();
                String name = factory.name();
                if (BUILT_IN.contains(name) || found.put(name, factory) != null) {
                    throw new InputException(
                            ErrorCode.SETTING,
                            "cost term " + name + " of " + factory.getClass().getName()
                                    + " has the name of another term: give it one of its own");
                }
            }
        } catch (ServiceConfigurationError e) {
            throw new InputException(
                    ErrorCode.SETTING, "a cost term on the class path cannot be loaded: " + e.getMessage(), e);
        }
        return found;
    }
}
