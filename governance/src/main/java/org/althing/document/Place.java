package org.althing.document;

/** A place in a document; lines and columns count from 1. */
record Place(String file, int line, int column) {
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
