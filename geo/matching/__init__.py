"""Which reports tell of one event: what is compared, the points, the reasons in words."""
