/** Plans for a snapshot: the settings, the run, and the report as text and JSON. */
@NullMarked
package io.foreshard.server.plan;

import org.jspecify.annotations.NullMarked;
