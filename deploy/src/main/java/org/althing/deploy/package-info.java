/** The launcher's entry point and the lab federation. */
@NullMarked
package org.althing.deploy;

import org.jspecify.annotations.NullMarked;
