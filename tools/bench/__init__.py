"""Benchmarks, for a checkout: `dabir bench reading` and `dabir bench register`. docs/performance.md has the figures."""
