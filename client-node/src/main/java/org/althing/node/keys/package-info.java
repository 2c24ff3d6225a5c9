/** The node's identity key and transport credentials. */
@NullMarked
package org.althing.node.keys;

import org.jspecify.annotations.NullMarked;
