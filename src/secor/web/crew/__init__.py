"""The pages of a worker without an account: in by the crew's link and a PIN, and nowhere else."""
