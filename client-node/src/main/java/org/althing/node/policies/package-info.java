/** The policies that were ever in force at a node, and who agreed to each change. */
@NullMarked
package org.althing.node.policies;

import org.jspecify.annotations.NullMarked;
