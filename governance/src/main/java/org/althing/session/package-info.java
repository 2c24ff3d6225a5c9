/**
 * The conversation of a study: what coordinator and node say to each other, and the two pure
 * machines that hold it ({@link org.althing.session.StudyRun}, {@link
 * org.althing.session.NodeStudy}). Shells carry out their commands and decide nothing.
 */
@NullMarked
package org.althing.session;

import org.jspecify.annotations.NullMarked;
