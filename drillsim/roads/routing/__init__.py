"""Routes: the fastest way, by several routers that agree to the millisecond."""
