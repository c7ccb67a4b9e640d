package io.foreshard.server.config;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a configuration file: YAML whose top level holds one section per capability.
 *
 * <p>One file serves every command; a command reads the sections it knows and leaves the others to theirs.
 */
public final class ConfigurationFile {
    /** The sections that some command reads. */
    private static final List<String> SECTIONS =
            List.of("cluster", "costs", "events", "execution", "forecast", "history", "placement", "server");

    private static final int CHARACTERS_MAX = 4 << 20;

    private ConfigurationFile() {}

    /**
     * The top level of a file.
     *
     * @throws InputException when it cannot be read, is not YAML, or names a section that there is not
     */
    public static Settings read(Path file) {
        try {
            return parse(file.getFileName().toString(), Files.readString(file));
        } catch (NoSuchFileException missing) {
            throw new InputException(
                    ErrorCode.FILE, "there is no configuration file " + file + ": check the path", missing);
        } catch (CharacterCodingException garbled) {
            throw new InputException(ErrorCode.CONTENT, file + " is not UTF-8 text: save it as UTF-8", garbled);
        } catch (IOException unreadable) {
            throw new InputException(
                    ErrorCode.FILE, "cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    static Settings parse(String name, String text) {
        LoaderOptions limits = new LoaderOptions();
        limits.setMaxAliasesForCollections(0);
        limits.setCodePointLimit(CHARACTERS_MAX);
        Node root;
        try {
            root = new Yaml(new SafeConstructor(limits)).compose(new StringReader(text));
        } catch (MarkedYAMLException malformed) {
            int line = malformed.getProblemMark() == null
                    ? 1
                    : malformed.getProblemMark().getLine() + 1;
            throw new InputException(
                    ErrorCode.CONTENT,
                    name + ":" + line + " is not YAML: " + malformed.getProblem() + "; expected NAME: VALUE lines",
                    malformed);
        } catch (YAMLException refused) {
            throw new InputException(
                    ErrorCode.CONTENT, name + " is not a configuration: " + refused.getMessage(), refused);
        }
        if (root == null) {
            return Settings.none();
        }
        if (!(root instanceof MappingNode sections)) {
            throw new InputException(
                    ErrorCode.CONTENT,
                    String.format(
                            Locale.ROOT,
                            "%s:%d is not a configuration: expected sections such as %s",
                            name,
                            root.getStartMark().getLine() + 1,
                            String.join(", ", SECTIONS)));
        }
        Settings settings = Settings.of(name, "", sections);
        SECTIONS.forEach(settings::has);
        settings.refuseUnknown();
        return settings;
    }
}
