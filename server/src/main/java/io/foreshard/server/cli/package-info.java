/** The command line: options in, progress and receipts out, one line for every error. */
@NullMarked
package io.foreshard.server.cli;

import org.jspecify.annotations.NullMarked;
