"""A road network from an outside file: read, made into a topology, kept, opened in an instant."""
