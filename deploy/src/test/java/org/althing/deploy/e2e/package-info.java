/** Claims about the shipped processes, tried on real ones. */
@NullMarked
package org.althing.deploy.e2e;

import org.jspecify.annotations.NullMarked;
