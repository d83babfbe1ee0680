"""The Route page: the question, the map, the verdict, and why, kilometre by kilometre."""
