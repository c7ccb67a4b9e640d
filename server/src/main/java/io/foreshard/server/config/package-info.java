/** The configuration file: one YAML tree whose every error names file, line, setting, what was expected and found. */
@NullMarked
package io.foreshard.server.config;

import org.jspecify.annotations.NullMarked;
