"""Routes: the fastest route, by several routers that agree to the millisecond."""
