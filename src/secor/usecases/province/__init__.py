"""The demonstration's province: a small believable world, and a large one for measuring. All of it invented."""
