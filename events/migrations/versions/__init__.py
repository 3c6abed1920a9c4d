"""One file for each version: `v2_…` brings version 1 to version 2."""
