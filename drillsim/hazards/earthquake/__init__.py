"""What an earthquake does to settlements and roads: drawn by named streams, handed to hazards and kinds."""
