"""The trace: the time-ordered record of one run or one recorded exercise."""
