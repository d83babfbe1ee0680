"""Side-by-side measurements that anyone can run; what they found is in ``docs/benchmarks.md``."""
