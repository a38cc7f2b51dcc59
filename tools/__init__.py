"""What developers run beside the product: messages, benchmarks, long drills."""
