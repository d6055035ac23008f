"""What everything rests on: quantities and the model of input, errors, files written whole, the version."""
