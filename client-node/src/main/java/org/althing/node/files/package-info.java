/** Files that are there whole or not at all. */
@NullMarked
package org.althing.node.files;

import org.jspecify.annotations.NullMarked;
