"""Formulas: numbers and arrays in, numbers and arrays out, each with its source and range."""
