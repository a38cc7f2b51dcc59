"""How is it put together? Settings, addresses, the command line, the sample."""
