/** What the core costs, each figure beside a baseline measured in the same run. */
@NullMarked
package org.althing.simulation.bench;

import org.jspecify.annotations.NullMarked;
