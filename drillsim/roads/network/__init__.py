"""The road network: places and sections as columns, read, checked and stored."""
